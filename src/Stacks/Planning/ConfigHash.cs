using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Argosy.Contract.Stacks;

namespace Argosy.Stacks;

/// <summary>
/// A service's fingerprint: another one means that its containers no longer fit. What does not change a container
/// (how it is built or pulled, how many there are, what must come first) is left out, as in Docker Compose.
/// </summary>
internal static class ConfigHash
{
    internal static string Of(StackSpec spec, string name)
    {
        StackService service = spec.Services[name];
        StackService relevant = service with
        {
            Image = ServiceNames.Image(spec, name),
            Build = null,
            PullPolicy = null,
            Attach = null,
            Scale = null,
            Profiles = [],
            DependsOn = new Dictionary<string, StackDependency>(),
            Deploy = service.Deploy is null ? null : service.Deploy with { Replicas = null },
        };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(relevant, StackWire.Info<StackService>()));
        foreach (StackFileReference reference in service.Secrets)
            Append(hash, spec.Secrets[reference.Source]);
        foreach (StackFileReference reference in service.Configs)
            Append(hash, spec.Configs[reference.Source]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A file is bound, so that its content may change under the container; content of ours is not.</summary>
    private static void Append(IncrementalHash hash, StackFile file) =>
        hash.AppendData(Encoding.UTF8.GetBytes(file.Content ?? file.File ?? ""));
}
