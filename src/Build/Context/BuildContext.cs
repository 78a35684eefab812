using System.Text;
using Argosy.Core;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;

namespace Argosy.Build.Context;

/// <summary>The unpacked build context. It belongs to one build: what <c>.dockerignore</c> names is deleted from it, so that nobody has to ask again.</summary>
internal sealed class BuildContext : IDisposable
{
    private const int LargestText = 4 << 20;

    private BuildContext(RootDirectory root) => Root = root;

    public RootDirectory Root { get; }

    /// <summary>What was left out of it.</summary>
    public IgnorePatterns Ignored { get; private set; } = IgnorePatterns.Read("");

    /// <summary>Opens a context, and reads its Dockerfile before the ignore rules may take it away.</summary>
    public static BuildContext Open(string path, string dockerfilePath, out string dockerfile)
    {
        var context = new BuildContext(RootDirectory.Open(path));
        try
        {
            dockerfile = context.ReadDockerfile(dockerfilePath, out UnixPath name);
            context.ApplyIgnoreRules(name);
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    public void Dispose() => Root.Dispose();

    private string ReadDockerfile(string path, out UnixPath name)
    {
        name = ContainerPath.Clean(path);
        byte[]? content = Root.ReadFile(name, LargestText);
        if (content is null && path == "Dockerfile")
        {
            name = UnixPath.Of("dockerfile");
            content = Root.ReadFile(name, LargestText);
        }
        if (content is null)
            throw EngineException.Invalid($"Cannot locate specified Dockerfile: {path}");
        return content.Length > 0 ? Encoding.UTF8.GetString(content) : throw EngineException.Invalid($"the Dockerfile ({path}) cannot be empty");
    }

    /// <summary><c>name.dockerignore</c> beside the Dockerfile goes before the context's own.</summary>
    private void ApplyIgnoreRules(UnixPath dockerfile)
    {
        UnixPath own = UnixPath.Of([.. dockerfile.Bytes, .. ".dockerignore"u8]);
        UnixPath file = Root.Status(own) is null ? UnixPath.Of(".dockerignore") : own;
        if (Root.ReadFile(file, LargestText) is not { } content)
            return;
        Ignored = IgnorePatterns.Read(Encoding.UTF8.GetString(content), file.ToString());
        if (!Ignored.IsEmpty)
            Prune(UnixPath.Empty, Ignored);
    }

    /// <summary>Deletes what is ignored. An ignored directory stays when an exception kept something in it.</summary>
    /// <returns>True when the directory is empty now.</returns>
    private bool Prune(UnixPath directory, IgnorePatterns patterns)
    {
        bool empty = true;
        foreach (UnixPath name in Root.Names(directory))
        {
            UnixPath path = directory.Append(name.Bytes);
            bool ignored = patterns.IsIgnored(path.ToString());
            bool isDirectory = Root.Status(path, follow: false) is { IsDirectory: true };
            if (isDirectory && (!ignored || patterns.HasExceptions))
                ignored &= Prune(path, patterns);
            if (ignored)
                Root.Remove(path);
            empty &= ignored;
        }
        return empty;
    }
}
