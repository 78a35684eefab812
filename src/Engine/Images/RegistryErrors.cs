using Argosy.Core;
using Argosy.Registry;

namespace Argosy.Engine.Images;

/// <summary>Says a registry's refusals in dockerd's words.</summary>
internal static class RegistryErrors
{
    internal static EngineException OfPull(RegistryException exception, ImageReference name) => exception.Error switch
    {
        RegistryError.Unauthorized or RegistryError.Denied or RegistryError.NameUnknown => new EngineException(ErrorKind.NotFound,
            $"pull access denied for {name.FamiliarName}, repository does not exist or may require 'docker login': {exception.Message}", exception),
        RegistryError.ManifestUnknown => new EngineException(ErrorKind.NotFound, $"manifest for {name.Familiar} not found: {exception.Message}", exception),
        _ => Other(exception),
    };

    internal static EngineException Other(RegistryException exception) => new(exception.Error switch
    {
        RegistryError.Unauthorized => ErrorKind.Unauthorized,
        RegistryError.Denied => ErrorKind.Forbidden,
        RegistryError.NameUnknown or RegistryError.ManifestUnknown or RegistryError.BlobUnknown => ErrorKind.NotFound,
        RegistryError.NoSearch => ErrorKind.NotImplemented,
        RegistryError.TooManyRequests => ErrorKind.Unavailable,
        _ => ErrorKind.Internal,
    }, exception.Message, exception);
}
