using System.Net;
using System.Net.Sockets;
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
        LocalOptions resolved = await ResolveAsync(Dns.GetHostAddressesAsync, cancellationToken);
        (MountFlags flags, string data) = Split(resolved.MountOptions);
        try
        {
            MountCalls.Mount(resolved.Device, target, Type, flags, data.Length == 0 ? null : data);
            // A bind mount takes its flags only when it is mounted again.
            if (flags.HasFlag(MountFlags.Bind) && (flags & ~(MountFlags.Bind | MountFlags.Recursive)) != 0)
                MountCalls.Mount(resolved.Device, target, Type, flags | MountFlags.Remount);
        }
        catch (LinuxException exception)
        {
            string shown = Masked(data);
            throw new EngineException(
                ErrorKind.Internal,
                $"error while mounting volume '{target}': failed to mount local volume: mount {resolved.Device}:{target}, flags: 0x{(int)flags:x}{(shown.Length == 0 ? "" : ", data: " + shown)}: {Reason(exception)}",
                exception);
        }
    }

    /// <summary>
    /// With the address of a server that is named in <c>addr=</c>, or for cifs in the device: there is no mount helper here that would
    /// look it up, and the kernel does not (dockerd's local driver does the same).
    /// </summary>
    /// <param name="resolve">Finds a host's addresses.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.Internal"/>: the name has no address.</exception>
    internal async Task<LocalOptions> ResolveAsync(Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        if (Type is not ("nfs" or "nfs4" or "cifs"))
            return this;
        if (Option(MountOptions, "addr") is { Length: > 0 } host && !IPAddress.TryParse(host, out _))
            return this with { MountOptions = MountOptions.Replace("addr=" + host, "addr=" + await AddressAsync(host, resolve, cancellationToken), StringComparison.Ordinal) };
        if (Type == "cifs" && Device.StartsWith("//", StringComparison.Ordinal) && Device[2..].Split('/')[0] is { Length: > 0 } server && !IPAddress.TryParse(server, out _))
            return this with { Device = $"//{await AddressAsync(server, resolve, cancellationToken)}{Device[(2 + server.Length)..]}" };
        return this;
    }

    private static async Task<string> AddressAsync(string host, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        try
        {
            IPAddress[] addresses = await resolve(host, cancellationToken);
            return (addresses.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0]).ToString();
        }
        catch (SocketException exception)
        {
            throw new EngineException(ErrorKind.Internal, $"error resolving passed in network volume address: lookup {host}: no such host", exception);
        }
    }

    private string Reason(LinuxException exception) => exception.Error switch
    {
        Errno.NoEntry => "no such file or directory",
        Errno.NoDevice => $"no such device (this kernel has no file system {Type})",
        _ => exception.Message,
    };

    private static string Masked(string data) =>
        Option(data, "password") is { Length: > 0 } password ? data.Replace("password=" + password, "password=********", StringComparison.Ordinal) : data;

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
