using Argosy.Testing;

namespace Argosy.CompatTests.NodeClients;

/// <summary>The Node clients, installed once below artifacts/ as node/package-lock.json pins them.</summary>
public sealed class NodeFixture
{
    private static readonly string Sources = Path.Combine(AppContext.BaseDirectory, "node");
    private static readonly string Target = Path.Combine(Repository.Root, "artifacts/compat-node");
    private readonly Lazy<Task<string>> installed = new(InstallAsync);

    /// <summary>Why the Node clients cannot be tried; null when they can.</summary>
    internal static string? Missing => Programs().All(File.Exists) ? null : "node and npm are not installed";

    /// <summary>The directory with the tests and what they need.</summary>
    internal Task<string> DirectoryAsync() => installed.Value;

    private static IEnumerable<string> Programs() => ((string[])["node", "npm"]).Select(name =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists) ?? name);

    private static async Task<string> InstallAsync()
    {
        Directory.CreateDirectory(Target);
        string pinned = await File.ReadAllTextAsync(Path.Combine(Sources, "package-lock.json"));
        string stamp = Path.Combine(Target, "installed.json");
        foreach (string file in Directory.EnumerateFiles(Sources))
            File.Copy(file, Path.Combine(Target, Path.GetFileName(file)), overwrite: true);
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp) != pinned)
        {
            // No scripts: they only build faster ciphers for ssh, which nothing here uses.
            (await Shell.RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], directory: Target, timeout: TimeSpan.FromMinutes(2))).Succeeded();
            await File.WriteAllTextAsync(stamp, pinned);
        }
        return Target;
    }
}
