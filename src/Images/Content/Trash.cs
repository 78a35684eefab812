using Argosy.Core;
using Argosy.Linux.Files;

namespace Argosy.Images.Content;

/// <summary>Where trees and large files go that nothing names any more: renamed away at once, deleted when there is time.</summary>
public sealed class Trash
{
    private readonly Lock emptying = new();

    /// <summary>Opens or creates the directory.</summary>
    public Trash(DaemonPaths paths)
    {
        Root = Path.Combine(paths.Layers, ".trash");
        Directory.CreateDirectory(Root);
    }

    /// <summary>The directory, on the file system of layers and blobs.</summary>
    internal string Root { get; }

    /// <summary>True when something waits for its deletion.</summary>
    public bool HasContent => Directory.EnumerateFileSystemEntries(Root).Any();

    /// <summary>Deletes what is there. Somebody who is at it already is left to finish.</summary>
    public void Empty()
    {
        // What is thrown away while another one is just leaving: that one has seen an empty directory, so look again after it.
        while (HasContent && emptying.TryEnter())
        {
            try
            {
                foreach (string path in Directory.EnumerateFileSystemEntries(Root))
                    FileTree.Remove(path);
            }
            finally
            {
                emptying.Exit();
            }
        }
    }

    /// <summary>Bytes that wait for their deletion.</summary>
    internal long Measure() => FileTree.SumOfSizes(Root);

    /// <summary>Takes a file or directory away; a missing one is no error.</summary>
    internal void Add(string path)
    {
        string target = Path.Combine(Root, RandomId.Next());
        if (Directory.Exists(path))
            Directory.Move(path, target);
        else if (File.Exists(path))
            File.Move(path, target);
    }
}
