namespace Argosy.Images.Tests;

/// <summary>A test that needs programs of the system; skipped, and said so, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools)
    {
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Skip = tools.FirstOrDefault(tool => !path.Any(directory => File.Exists(Path.Combine(directory, tool)))) is { } missing ? $"{missing} is not installed" : null;
    }
}
