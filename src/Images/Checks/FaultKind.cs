namespace Argosy.Images.Checks;

/// <summary>What can be wrong in the stores.</summary>
public enum FaultKind
{
    /// <summary>A blob's bytes are not what its name says.</summary>
    CorruptBlob,

    /// <summary>A layer's directory is not there, or is not what its blob unpacks to.</summary>
    DamagedLayer,

    /// <summary>An image names a blob or a layer that is not here, or its documents do not fit together.</summary>
    BrokenImage,

    /// <summary>A container's writable tree stands on a layer that is not here.</summary>
    BrokenSnapshot,

    /// <summary>A volume's or a build's cache mount's directory is not there.</summary>
    LostDirectory,

    /// <summary>A file or directory that belongs to nothing.</summary>
    Stray,
}
