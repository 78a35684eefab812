using Xunit;

namespace Argosy.Testing;

/// <summary>A test that needs other people's programs; skipped, and said so, where one of them is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithAttribute : FactAttribute
{
    /// <param name="programs">Looked for in PATH and in /usr/sbin.</param>
    public FactWithAttribute(params string[] programs)
    {
        string[] directories = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin"];
        string[] missing = [.. programs.Where(program => !directories.Any(directory => File.Exists(Path.Combine(directory, program))))];
        Skip = missing.Length == 0 ? null : $"{string.Join(", ", missing)}: not installed";
    }
}
