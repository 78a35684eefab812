namespace Argosy.CompatTests.Interop;

/// <summary>A test that needs other people's programs; skipped, and said so, where one of them is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithAttribute : FactAttribute
{
    public FactWithAttribute(params string[] programs)
    {
        string[] directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        string[] missing = [.. programs.Where(program => !directories.Append("/usr/sbin").Any(directory => File.Exists(Path.Combine(directory, program))))];
        Skip = missing.Length == 0 ? null : $"{string.Join(", ", missing)}: not installed";
    }
}
