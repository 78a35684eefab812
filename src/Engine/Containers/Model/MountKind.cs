namespace Argosy.Engine.Containers.Model;

/// <summary>The kinds of mount.</summary>
public enum MountKind
{
    /// <summary>A directory or file of the host.</summary>
    Bind,

    /// <summary>A volume.</summary>
    Volume,

    /// <summary>Memory.</summary>
    Tmpfs,

    /// <summary>The files of an image.</summary>
    Image,
}
