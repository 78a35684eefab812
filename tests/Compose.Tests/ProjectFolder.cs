using Argosy.Contract.Stacks;

namespace Argosy.Compose.Tests;

/// <summary>A temporary project directory with files in it.</summary>
public sealed class ProjectFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("argosy-compose-").FullName;

    public Dictionary<string, string> Environment { get; } = new() { ["HOME"] = "/home/me" };

    public ProjectFolder With(string name, string content)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return this;
    }

    public ComposeProject Load(Func<ComposeOptions, ComposeOptions>? change = null)
    {
        var options = new ComposeOptions { Environment = Environment, WorkingDirectory = Path, ProjectName = "p" };
        return ComposeProject.Load(change?.Invoke(options) ?? options);
    }

    public static StackSpec Parse(string yaml)
    {
        using ProjectFolder folder = new ProjectFolder().With("compose.yaml", yaml);
        return folder.Load().Spec;
    }

    /// <summary>The service "a" of a file that has only the given fields in it.</summary>
    public static StackService Service(string fields) =>
        Parse("services:\n  a:\n    image: busybox\n" + Indent(fields)).Services["a"];

    public static string Error(string yaml)
    {
        using ProjectFolder folder = new ProjectFolder().With("compose.yaml", yaml);
        return Assert.Throws<ComposeException>(() => folder.Load()).Message.Replace(folder.Path + "/", "", StringComparison.Ordinal);
    }

    public static string ServiceError(string fields) => Error("services:\n  a:\n    image: busybox\n" + Indent(fields));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Indent(string text) => string.Join('\n', text.Split('\n').Select(line => "    " + line));
}
