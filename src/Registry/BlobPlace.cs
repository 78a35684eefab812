namespace Argosy.Registry;

/// <summary>Where a blob may be had.</summary>
internal readonly record struct BlobPlace(Requester Requester, Uri Address);
