using Argosy.Catalog.Dns;
using Argosy.Networks;
using Argosy.Networks.Companions;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Catalog.Resolver;

/// <summary>The resolver's ear.</summary>
internal sealed class ResolverServer(ControlSocket socket, DnsServer dns, SandboxDirectory directory, UpstreamServers upstream, string version, ILogger logger)
    : CompanionServer<ResolverRequest, ResolverAnswer>(ResolverProgram.Protocol, socket, logger)
{
    /// <inheritdoc/>
    protected override async Task<ResolverAnswer> DoAsync(ResolverRequest request, IReadOnlyList<SafeFileHandle> descriptors)
    {
        var done = new ResolverAnswer { Id = request.Id };
        switch (request)
        {
            case ResolverRequest.Hello:
                return done with { Version = version };
            case ResolverRequest.Reset reset:
                return done with { Problems = await ResetAsync(reset) };
            case ResolverRequest.Attach { Sandbox: var sandbox }:
                directory.Put(sandbox);
                return await dns.AttachAsync(sandbox) is { } problem ? done with { Problems = [problem] } : done;
            case ResolverRequest.Detach { Container: var container }:
                await dns.DetachAsync(container);
                directory.Remove(container);
                return done;
            case ResolverRequest.SetAnswering change:
                directory.SetAnswering(change.Container, change.Answering);
                return done;
            case ResolverRequest.End:
                await dns.DisposeAsync();
                return done;
            default:
                throw Unknown(request);
        }
    }

    private async Task<IReadOnlyList<ServingProblem>> ResetAsync(ResolverRequest.Reset reset)
    {
        upstream.Configure(reset.Upstream);
        HashSet<Core.ContainerId> wanted = [.. reset.Sandboxes.Select(sandbox => sandbox.Container)], silent = [.. reset.Silent];
        foreach (Sandbox gone in directory.All.Where(sandbox => !wanted.Contains(sandbox.Container)).ToArray())
        {
            await dns.DetachAsync(gone.Container);
            directory.Remove(gone.Container);
        }
        // All names are known before the first answer is given.
        foreach (Sandbox sandbox in reset.Sandboxes)
        {
            directory.Put(sandbox);
            directory.SetAnswering(sandbox.Container, !silent.Contains(sandbox.Container));
        }
        var problems = new List<ServingProblem>();
        foreach (Sandbox sandbox in reset.Sandboxes)
            if (await dns.AttachAsync(sandbox) is { } problem)
                problems.Add(problem);
        return problems;
    }
}
