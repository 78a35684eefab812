namespace Argosy.Build.Syntax.Instructions;

/// <summary>The types of <c>RUN --mount</c>.</summary>
public enum RunMountType
{
    /// <summary>Files of the context, a stage, an image or a named context.</summary>
    Bind,

    /// <summary>A directory that the next build finds again.</summary>
    Cache,

    /// <summary>An empty file system in memory.</summary>
    Tmpfs,

    /// <summary>A value that only the command sees.</summary>
    Secret,

    /// <summary>The client's SSH agent.</summary>
    Ssh,
}
