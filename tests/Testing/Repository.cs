namespace Argosy.Testing;

/// <summary>The source tree that the tests were built from, and the binaries under test.</summary>
public static class Repository
{
    /// <summary>The directory with Argosy.slnx in it.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>argosyd: ARGOSYD_BIN, else what <c>make build</c> made.</summary>
    public static string Daemon => Binary("ARGOSYD_BIN", "argosyd");

    /// <summary>argosy: ARGOSY_BIN, else what <c>make build</c> made.</summary>
    public static string Cli => Binary("ARGOSY_BIN", "argosy");

    private static string Binary(string variable, string name)
    {
        string path = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? given : Path.Combine(Root, "artifacts/bin", name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: run `make build`, or set {variable}");
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Argosy.slnx")))
                return directory.FullName;
        throw new DirectoryNotFoundException($"no Argosy.slnx above {AppContext.BaseDirectory}");
    }
}
