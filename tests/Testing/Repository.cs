namespace Argosy.Testing;

/// <summary>The source tree that the tests were built from, and the binaries under test.</summary>
public static class Repository
{
    /// <summary>The directory with Argosy.slnx in it.</summary>
    public static string Root { get; } = FindRoot();

    private static readonly Lazy<string> BuiltDaemon = new(() => Binary("ARGOSYD_BIN", "argosyd")), BuiltCli = new(() => Binary("ARGOSY_BIN", "argosy"));

    /// <summary>argosyd: ARGOSYD_BIN, else what <c>make build</c> made.</summary>
    /// <exception cref="InvalidOperationException">It is made of other sources than those that are here.</exception>
    public static string Daemon => BuiltDaemon.Value;

    /// <summary>argosy: ARGOSY_BIN, else what <c>make build</c> made.</summary>
    /// <exception cref="InvalidOperationException">It is made of other sources than those that are here.</exception>
    public static string Cli => BuiltCli.Value;

    private static string Binary(string variable, string name)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given)
            return File.Exists(given) ? given : throw new FileNotFoundException($"{variable}: {given} is missing");
        string path = Path.Combine(Root, "artifacts/bin", name);
        RequireFresh(path, variable);
        return path;
    }

    /// <summary>A binary of other sources would be tested for what it is not. scripts/publish.sh has noted what it was made of: a digest, as times lie.</summary>
    private static void RequireFresh(string path, string variable)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path} is missing: run `make build`, or set {variable}");
        string[] made = File.Exists(path + ".sources") ? File.ReadAllLines(path + ".sources") : ["", "an unknown commit"];
        string sources = Shell.ShAsync(Path.Combine(Root, "scripts/sources.sh")).GetAwaiter().GetResult().Trim();
        if (made[0] != sources)
            throw new InvalidOperationException($"{path} (of {made[1]}) is not made of the sources that are here: run `make build` (or `make -B build`), or set {variable}");
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Argosy.slnx")))
                return directory.FullName;
        throw new DirectoryNotFoundException($"no Argosy.slnx above {AppContext.BaseDirectory}");
    }
}
