using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>Finds the OCI runtimes of this host.</summary>
internal sealed class RuntimeBinaries(DaemonPaths paths, RuntimeOptions options, HostCgroups cgroups)
{
    private readonly Lazy<RuntimeBinary> preferred = new(() => Choose(paths, options, cgroups));

    /// <summary>The one that is configured, or the first of the known ones that is installed and can run here.</summary>
    public RuntimeBinary Default => options.DefaultRuntime is { } asked ? Configured(asked) : preferred.Value;

    /// <summary>What the default is called, also while it is not installed: containers are still shown then.</summary>
    public string DefaultName => options.DefaultRuntime is { } asked ? Path.GetFileName(asked)
        : options.Runtimes.Any(name => Find(name) is not null) ? preferred.Value.Name : options.Runtimes[0];

    /// <summary>The named one, or the default.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> for an unknown one.</exception>
    public RuntimeBinary Resolve(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return Default;
        // containerd's names, which Docker's clients may give, mean the same program.
        return Find(name is "io.containerd.runc.v2" or "io.containerd.runtime.v1.linux" ? "runc" : name) is { } path
            ? Binary(paths, path)
            : throw EngineException.Invalid($"unknown or invalid runtime name: {name}");
    }

    /// <summary>Looked for each time: whoever removed it may bring it back.</summary>
    private RuntimeBinary Configured(string asked) => Find(asked) is { } path
        ? Binary(paths, path)
        : throw new EngineException(ErrorKind.Internal, $"default-runtime {asked} is not installed");

    /// <summary>The runtime with which a bundle was made.</summary>
    public RuntimeBinary At(string path) => Binary(paths, path);

    /// <summary>The absolute path of a program; null when it is not installed.</summary>
    public static string? Find(string program)
    {
        if (program.Contains('/'))
            return File.Exists(program) ? program : null;
        string[] directories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];
        return directories.Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
    }

    private static RuntimeBinary Choose(DaemonPaths paths, RuntimeOptions options, HostCgroups cgroups)
    {
        List<string> installed = [.. options.Runtimes.Select(Find).OfType<string>()];
        if (installed.Count == 0)
            throw new EngineException(ErrorKind.Internal, $"none of the OCI runtimes {string.Join(", ", options.Runtimes)} is installed");
        // crun 1.8 answers "cgroups in hybrid mode not supported, drop all controllers from cgroupv2"; runc does not mind.
        string chosen = cgroups.IsHybridWithControllers
            ? installed.FirstOrDefault(path => Path.GetFileName(path) != "crun") ?? installed[0]
            : installed[0];
        return Binary(paths, chosen);
    }

    private static RuntimeBinary Binary(DaemonPaths paths, string path) => new(path, Path.Combine(paths.ExecRoot, Path.GetFileName(path)));
}
