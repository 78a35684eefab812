using Argosy.Core;
using Argosy.Linux.Files;

namespace Argosy.Build.Execution;

/// <summary>A directory beside the build's context for what is fetched; made when first asked for, removed in the end.</summary>
internal sealed class ScratchDirectory(string contextPath) : IDisposable
{
    private readonly string path = $"{contextPath.TrimEnd('/')}.fetch-{RandomId.Next()[..12]}";

    public string NewFile()
    {
        Directory.CreateDirectory(path);
        return Path.Combine(path, RandomId.Next()[..12]);
    }

    public void Dispose()
    {
        FileTree.Remove(path);
    }
}
