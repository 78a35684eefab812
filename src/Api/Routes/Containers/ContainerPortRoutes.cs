using System.Globalization;
using System.Text.Json;
using Argosy.Api.Http;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Containers;

/// <summary>Ports of a running container: ours, and so below /argosy.</summary>
internal sealed class ContainerPortRoutes(ContainerLifecycle lifecycle) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/argosy/containers/{id}/ports", Change);

    private async Task Change(HttpContext context)
    {
        ContainerPortsRequest request = await context.ReadJsonAsync(ContainersJson.Default.ContainerPortsRequest);
        Engine.Containers.Model.PortBinding[] added = [.. HostTranslator.Ports(request.Publish ?? new Dictionary<string, IReadOnlyList<PortBinding>?>())];
        PortRemoval[] removed = [.. (request.Unpublish ?? new Dictionary<string, IReadOnlyList<string>?>()).SelectMany(Removals)];
        if (added.Length + removed.Length == 0)
            throw EngineException.Invalid("no port to publish and none to take back");
        await lifecycle.ChangePortsAsync(context.Route("id"), added, removed, WithBindings, context.RequestAborted);
        await context.NoContent();
    }

    private static IEnumerable<PortRemoval> Removals(KeyValuePair<string, IReadOnlyList<string>?> asked)
    {
        (ushort port, string protocol) = PortTranslator.Parse(asked.Key);
        return (asked.Value is { Count: > 0 } addresses ? addresses : [""]).Select(address => new PortRemoval(address, port, protocol));
    }

    private static string WithBindings(string json, IReadOnlyList<Engine.Containers.Model.PortBinding> bindings)
    {
        HostConfig host = JsonSerializer.Deserialize(json, ContainersJson.Default.HostConfig)!;
        var shown = bindings.GroupBy(binding => string.Create(CultureInfo.InvariantCulture, $"{binding.ContainerPort}/{binding.Protocol}"))
            .ToDictionary(group => group.Key, group => (IReadOnlyList<PortBinding>?)[.. group.Select(binding => new PortBinding { HostIp = binding.HostIp, HostPort = binding.HostPort })]);
        return JsonSerializer.Serialize(host with { PortBindings = shown }, ContainersJson.Default.HostConfig);
    }
}
