namespace Argosy.Registry;

/// <summary>The registry does not know the upload any more, or has less of it than we still have in memory: it is written again.</summary>
internal sealed class UploadLostException() : Exception("the registry lost an upload");
