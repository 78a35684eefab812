using System.Net;
using Argosy.Core;
using Argosy.Linux;
using Argosy.Linux.Mounts;

namespace Argosy.Volumes;

/// <summary>The local driver's options: a mount that the volume stands for.</summary>
internal sealed record LocalOptions(string Type, string Device, string MountOptions)
{
    // mount(8)'s words and mount(2)'s flags; true sets the flag, false clears it. Anything else is the file system's own option.
    private static readonly Dictionary<string, (int Flag, bool Set)> Words = new(StringComparer.Ordinal)
    {
        ["defaults"] = (0, true),
        ["ro"] = (1, true),
        ["rw"] = (1, false),
        ["nosuid"] = (2, true),
        ["suid"] = (2, false),
        ["nodev"] = (4, true),
        ["dev"] = (4, false),
        ["noexec"] = (8, true),
        ["exec"] = (8, false),
        ["sync"] = (16, true),
        ["async"] = (16, false),
        ["remount"] = (32, true),
        ["dirsync"] = (128, true),
        ["noatime"] = (1024, true),
        ["atime"] = (1024, false),
        ["nodiratime"] = (2048, true),
        ["diratime"] = (2048, false),
        ["bind"] = (4096, true),
        ["rbind"] = (4096 | 16384, true),
        ["relatime"] = (1 << 21, true),
        ["strictatime"] = (1 << 24, true),
    };

    /// <summary>Null for a plain directory.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>: unknown or missing options.</exception>
    public static LocalOptions? Parse(IReadOnlyDictionary<string, string> options)
    {
        if (options.Count == 0)
            return null;
        foreach (string key in options.Keys)
            if (key is not ("type" or "o" or "device" or "size"))
                throw EngineException.Invalid($"invalid option: \"{key}\"");
        if (options.ContainsKey("size"))
            throw EngineException.Invalid("quota size requested but no quota support");
        foreach (string key in new[] { "device", "type" })
            if (!options.ContainsKey(key))
                throw EngineException.Invalid($"missing required option: \"{key}\"");
        return new LocalOptions(options["type"], options["device"], options.GetValueOrDefault("o", ""));
    }

    /// <summary>Mounts it.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Internal"/> with the kernel's reason.</exception>
    public async Task MountAsync(string target, CancellationToken cancellationToken)
    {
        (MountFlags flags, string data) = Split(MountOptions);
        if (Type is "nfs" or "nfs4" or "cifs" && Option(data, "addr") is { } host && !IPAddress.TryParse(host, out _))
            data = data.Replace("addr=" + host, "addr=" + (await Dns.GetHostAddressesAsync(host, cancellationToken))[0], StringComparison.Ordinal);
        try
        {
            MountCalls.Mount(Device, target, Type, flags, data.Length == 0 ? null : data);
            // A bind mount takes its flags only when it is mounted again.
            if (flags.HasFlag(MountFlags.Bind) && (flags & ~(MountFlags.Bind | MountFlags.Recursive)) != 0)
                MountCalls.Mount(Device, target, Type, flags | MountFlags.Remount);
        }
        catch (LinuxException exception)
        {
            string reason = exception.Error == Errno.NoEntry ? "no such file or directory" : exception.Message;
            throw new EngineException(ErrorKind.Internal, $"error while mounting volume '{target}': failed to mount local volume: mount {Device}:{target}, flags: 0x{(int)flags:x}{(data.Length == 0 ? "" : ", data: " + data)}: {reason}", exception);
        }
    }

    internal static (MountFlags Flags, string Data) Split(string options)
    {
        int flags = 0;
        var data = new List<string>();
        foreach (string word in options.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Words.TryGetValue(word, out (int Flag, bool Set) known))
                data.Add(word);
            else
                flags = known.Set ? flags | known.Flag : flags & ~known.Flag;
        }
        return ((MountFlags)flags, string.Join(',', data));
    }

    private static string? Option(string data, string name) =>
        data.Split(',').FirstOrDefault(word => word.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
