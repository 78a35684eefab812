using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using Argosy.Core;

namespace Argosy.Runtime.Oci;

/// <summary>
/// Resolves profiles in Docker's format for one container: rules that depend on the architecture, the kernel or the
/// container's capabilities are decided here, because the OCI format has no conditions.
/// </summary>
internal sealed class SeccompProfiles(RuntimeOptions options)
{
    // Few in practice: the default profile for each set of capabilities. Custom profiles are bounded by starting over.
    private const int Limit = 64;

    private readonly ConcurrentDictionary<(string Profile, string Capabilities), SeccompFilter> filters = new();

    /// <summary>The filter; null is none.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> for a custom profile that cannot be read.</exception>
    public SeccompFilter? Resolve(SeccompSetting setting, IReadOnlyList<string> capabilities)
    {
        if (setting.IsUnconfined)
            return null;
        if (filters.Count > Limit)
            filters.Clear();
        string custom = setting.CustomProfile ?? "";
        return filters.GetOrAdd(
            (custom, string.Join(',', capabilities)),
            key => new SeccompFilter(Resolve(key.Profile.Length == 0 ? ReadDefault() : Parse(key.Profile), capabilities)));
    }

    private SeccompProfile ReadDefault()
    {
        // Never run unconfined because a file is missing.
        if (!File.Exists(options.SeccompProfile))
            throw new EngineException(ErrorKind.Internal, $"the default seccomp profile {options.SeccompProfile} is missing (Debian: golang-github-containers-common)");
        return Parse(File.ReadAllText(options.SeccompProfile));
    }

    private static SeccompProfile Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SeccompJson.Default.SeccompProfile) ?? throw EngineException.Invalid("Decoding seccomp profile failed: it is null");
        }
        catch (JsonException exception)
        {
            throw EngineException.Invalid("Decoding seccomp profile failed: " + exception.Message);
        }
    }

    internal static OciSeccomp Resolve(SeccompProfile profile, IReadOnlyList<string> capabilities)
    {
        if (profile.ListenerPath is { Length: > 0 })
            throw EngineException.NotImplemented("seccomp profiles with a listenerPath are not supported");
        return new OciSeccomp(
            profile.DefaultAction ?? throw EngineException.Invalid("Decoding seccomp profile failed: defaultAction is missing"),
            profile.DefaultErrnoRet,
            Architectures(profile),
            profile.Flags is { Count: > 0 } flags ? flags : null,
            [.. profile.Syscalls.Where(rule => Applies(rule, capabilities)).Select(Convert)]);
    }

    private static List<string> Architectures(SeccompProfile profile)
    {
        if (profile.Architectures is { Count: > 0 } && profile.ArchMap is { Count: > 0 })
            throw EngineException.Invalid("'architectures' and 'archMap' were specified in the seccomp profile, use either 'architectures' or 'archMap'");
        if (profile.Architectures is { Count: > 0 } plain)
            return [.. plain];
        SeccompArchitecture? own = profile.ArchMap?.FirstOrDefault(entry => entry.Architecture == NativeArchitecture().Seccomp);
        return own is null ? [] : [own.Architecture, .. own.SubArchitectures ?? []];
    }

    private static bool Applies(SeccompRule rule, IReadOnlyList<string> capabilities)
    {
        SeccompCondition? includes = rule.Includes;
        SeccompCondition? excludes = rule.Excludes;
        string arch = NativeArchitecture().Go;
        return (includes?.Arches is not { Count: > 0 } arches || arches.Contains(arch))
            && (includes?.Caps ?? []).All(capabilities.Contains)
            && (includes?.MinKernel is not { } least || KernelIsAtLeast(least))
            && excludes?.Arches?.Contains(arch) != true
            && !(excludes?.Caps ?? []).Any(capabilities.Contains)
            && (excludes?.MinKernel is not { } limit || !KernelIsAtLeast(limit));
    }

    private static OciSyscall Convert(SeccompRule rule) => new(
        rule.Name is { Length: > 0 } name ? [name] : rule.Names ?? [],
        rule.Action,
        rule.ErrnoRet,
        rule.Args is { Count: > 0 } args ? args : null);

    private static bool KernelIsAtLeast(string version) => Version.TryParse(version, out Version? least) && Environment.OSVersion.Version >= least;

    private static (string Seccomp, string Go) NativeArchitecture() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.Arm64 => ("SCMP_ARCH_AARCH64", "arm64"),
        _ => ("SCMP_ARCH_X86_64", "amd64"),
    };
}
