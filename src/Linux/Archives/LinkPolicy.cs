namespace Argosy.Linux.Archives;

/// <summary>What extraction does with a path that leads through a symbolic link.</summary>
public enum LinkPolicy
{
    /// <summary>The entry is refused: an archive of a whole tree has no such entry (image layers).</summary>
    Refuse,

    /// <summary>Links are resolved as inside the root, the way a process with that root would (copying into a container); so are absolute names, which Docker takes.</summary>
    ResolveInRoot,
}
