using Argosy.Api.Http;
using Argosy.Contract.Stacks;
using Argosy.Core;
using Argosy.Stacks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Stacks;

/// <summary>Stacks: ours, and so below /argosy. Every change answers with a stream of progress lines and goes on when its client leaves.</summary>
internal sealed class StackRoutes(StackManager stacks) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/argosy/stacks", List);
        routes.MapGet("/argosy/stacks/{name}", Get);
        routes.MapPut("/argosy/stacks/{name}", Up);
        routes.MapDelete("/argosy/stacks/{name}", Down);
        routes.MapPost("/argosy/stacks/{name}/stop", Stop);
        routes.MapPost("/argosy/stacks/{name}/start", Start);
        routes.MapPost("/argosy/stacks/{name}/restart", Restart);
    }

    private Task List(HttpContext context) => context.WriteJsonAsync(stacks.List(), StackWire.Info<IReadOnlyList<StackSummary>>());

    private Task Get(HttpContext context) => context.WriteJsonAsync(stacks.Get(context.Route("name")), StackWire.Info<StackDetail>());

    private async Task Up(HttpContext context)
    {
        UpOptions options = StackQuery.Up(context);
        StackSpec spec = await context.ReadJsonAsync(StackWire.Info<StackSpec>());
        if (spec.Name != context.Route("name"))
            throw EngineException.Invalid($"the path names stack \"{context.Route("name")}\", its specification \"{spec.Name}\"");
        await FollowAsync(context, stacks.Up(StackQuery.Scaled(context, spec), options));
    }

    private Task Down(HttpContext context) => FollowAsync(context, stacks.Down(context.Route("name"), StackQuery.Down(context)));

    private Task Stop(HttpContext context) => FollowAsync(context, stacks.Stop(context.Route("name"), StackQuery.Names(context, "services"), context.QueryInt("timeout")));

    private Task Start(HttpContext context) => FollowAsync(context, stacks.Start(context.Route("name"), StackQuery.Names(context, "services")));

    private Task Restart(HttpContext context) => FollowAsync(context, stacks.Restart(context.Route("name"), StackQuery.Names(context, "services"), context.QueryInt("timeout")));

    private static async Task FollowAsync(HttpContext context, StackJob job)
    {
        using var lines = new JsonLines<StackProgress>(context, StackWire.Info<StackProgress>());
        await lines.StartAsync(context.RequestAborted);
        await foreach (StackProgress line in job.Progress.Lines.ReadAllAsync(context.RequestAborted))
            await lines.WriteAsync(line, context.RequestAborted);
    }
}
