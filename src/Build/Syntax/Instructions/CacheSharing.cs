namespace Argosy.Build.Syntax.Instructions;

/// <summary>Who may use a cache mount at the same time.</summary>
public enum CacheSharing
{
    /// <summary>Everybody.</summary>
    Shared,

    /// <summary>One at a time; another one gets a directory of its own.</summary>
    Private,

    /// <summary>One at a time; another one waits.</summary>
    Locked,
}
