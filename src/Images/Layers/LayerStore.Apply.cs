using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Linux.Archives;

namespace Argosy.Images.Layers;

/// <content>Laying a layer on a tree, rather than mounting it.</content>
public sealed partial class LayerStore
{
    /// <summary>Changes a tree as a layer changes what is below it: what it deletes first, wherever its archive says so, then its files.</summary>
    /// <param name="blob">The layer's blob, plain or compressed.</param>
    /// <param name="directory">The tree; a mounted view will do.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    public void Apply(Digest blob, string directory, CancellationToken cancellationToken)
    {
        Read(blob, reader => LayerDeletions.Apply(reader, directory, cancellationToken));
        Read(blob, reader => TarExtractor.Extract(reader, directory, extraction with { Whiteouts = false, SkipWhiteouts = true }, cancellationToken));
    }

    private void Read(Digest blob, Action<TarReader> read)
    {
        using Stream source = content.OpenRead(blob);
        using Stream tar = Decompression.Open(source);
        using var reader = new TarReader(tar);
        read(reader);
    }
}
