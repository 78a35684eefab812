namespace Argosy.Registry;

/// <summary>What became of the wish to take a blob from another repository.</summary>
/// <param name="IsMounted">True: the blob is there.</param>
/// <param name="Upload">Where the registry awaits the blob's bytes instead; null when it does not.</param>
public readonly record struct MountAnswer(bool IsMounted, BegunUpload? Upload);
