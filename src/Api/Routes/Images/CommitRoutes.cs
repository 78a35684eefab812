using Argosy.Api.Http;
using Argosy.Contract;
using Argosy.Contract.Containers;
using Argosy.Contract.Images;
using Argosy.Core;
using Argosy.Engine.Images;
using Argosy.Images.Manifests;
using Argosy.Images.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Images;

/// <summary>Containers that become images.</summary>
internal sealed class CommitRoutes(ImageCommit commit) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/commit", Commit);

    private async Task Commit(HttpContext context)
    {
        ContainerConfig? config = await context.ReadOptionalJsonAsync(ImagesJson.Default.ContainerConfig);
        var request = new CommitRequest
        {
            Container = context.Query("container") is { Length: > 0 } container ? container : throw EngineException.Invalid("missing container parameter"),
            Name = context.Query("repo") is { Length: > 0 } repository ? ImageNames.Parse(repository, context.Query("tag")) : null,
            Comment = context.Query("comment"),
            Author = context.Query("author"),
            Pause = context.QueryBool("pause", absent: true),
            Changes = [.. context.Request.Query["changes"].OfType<string>()],
            Config = config is null ? new ImageConfig() : Translate(config),
        };
        ImageRecord image = await commit.CommitAsync(request, context.RequestAborted);
        await context.WriteJsonAsync(new IdResponse { Id = image.Id.ToString() }, ImagesJson.Default.IdResponse, StatusCodes.Status201Created);
    }

    private static ImageConfig Translate(ContainerConfig config) => new()
    {
        User = config.User,
        ExposedPorts = config.ExposedPorts?.Keys.ToList(),
        Env = config.Env,
        Entrypoint = config.Entrypoint,
        Cmd = config.Cmd,
        Volumes = config.Volumes?.Keys.ToList(),
        WorkingDir = config.WorkingDir,
        Labels = config.Labels,
        StopSignal = config.StopSignal,
        StopTimeout = config.StopTimeout,
        Shell = config.Shell,
        Healthcheck = config.Healthcheck is { } check
            ? new HealthCheck { Test = check.Test, Interval = check.Interval, Timeout = check.Timeout, StartPeriod = check.StartPeriod, StartInterval = check.StartInterval, Retries = check.Retries }
            : null,
    };
}
