namespace Argosy.Images.Layers;

/// <summary>Hears how one layer comes in. Calls come from several threads, but never two at once for one stage.</summary>
public interface ILayerProgress
{
    /// <summary>Nothing to do: the layer is here.</summary>
    void AlreadyExists();

    /// <summary>So many bytes of so many have been fetched.</summary>
    void Downloading(long current, long total);

    /// <summary>Fetched; the digest is being compared.</summary>
    void Verifying();

    /// <summary>Fetched and verified.</summary>
    void Downloaded();

    /// <summary>So many bytes of the blob have been unpacked.</summary>
    void Extracting(long current, long total);

    /// <summary>Unpacked and committed.</summary>
    void Complete();
}
