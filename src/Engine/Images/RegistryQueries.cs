using Argosy.Core;
using Argosy.Images.Manifests;
using Argosy.Registry;

namespace Argosy.Engine.Images;

/// <summary>Asks registries without bringing anything here.</summary>
public sealed class RegistryQueries(RegistryClient registries)
{
    /// <summary>What a name points at in its registry, and for which platforms.</summary>
    public async Task<(Descriptor Descriptor, IReadOnlyList<Platform> Platforms)> InspectAsync(ImageReference name, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            using RegistrySession session = await registries.OpenAsync(name, credentials, RegistryAccess.Pull, cancellationToken);
            RegistryManifest manifest = await session.GetManifestAsync(name.Digest?.ToString() ?? name.Tag!, cancellationToken);
            var descriptor = new Descriptor { MediaType = ManifestKind.Of(manifest), Digest = manifest.Digest, Size = manifest.Content.Length };
            return (descriptor, await PlatformsAsync(session, manifest, cancellationToken));
        }
        catch (RegistryException exception)
        {
            throw RegistryErrors.Other(exception);
        }
    }

    /// <summary>Checks credentials (<c>docker login</c>).</summary>
    /// <returns>The identity token to keep instead of the password; null where the registry gives none.</returns>
    /// <exception cref="EngineException"><see cref="ErrorKind.Unauthorized"/> when they are wrong.</exception>
    public async Task<string?> CheckAsync(string domain, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            return await registries.CheckAsync(domain, credentials, cancellationToken);
        }
        catch (RegistryException exception) when (exception.Error is RegistryError.Unauthorized or RegistryError.Denied)
        {
            throw new EngineException(ErrorKind.Unauthorized, $"login attempt to {domain} failed: {exception.Message}", exception);
        }
        catch (RegistryException exception)
        {
            throw RegistryErrors.Other(exception);
        }
    }

    /// <summary>Searches a registry (<c>docker search</c>).</summary>
    /// <param name="domain">The registry's host.</param>
    /// <param name="search">What for.</param>
    /// <param name="credentials">Who asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotImplemented"/> when the registry has no search.</exception>
    public async Task<IReadOnlyList<FoundRepository>> SearchAsync(string domain, ImageSearch search, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<FoundRepository> found = await registries.SearchAsync(domain, search.Term, search.Limit, credentials, cancellationToken);
            return [.. found.Where(search.Passes).Take(search.Limit)];
        }
        catch (RegistryException exception)
        {
            throw RegistryErrors.Other(exception);
        }
    }

    private static async Task<IReadOnlyList<Platform>> PlatformsAsync(RegistrySession session, RegistryManifest manifest, CancellationToken cancellationToken)
    {
        string kind = ManifestKind.Of(manifest);
        if (MediaTypes.IsIndex(kind))
            return [.. Documents.ParseIndex(manifest.Content).Manifests.Where(item => item.Platform is not null).Select(item => item.Platform!.ToPlatform())];
        if (!MediaTypes.IsManifest(kind))
            return [];
        Descriptor config = Documents.ParseManifest(manifest.Content).Config;
        ImageConfigFile file = ImageConfigFile.Parse(await session.GetBlobAsync(config.Digest, config.Size, cancellationToken));
        return [new Platform(file.Os, file.Architecture, string.IsNullOrEmpty(file.Variant) ? null : file.Variant)];
    }
}
