using Argosy.Api;
using Argosy.Api.Http.Hijack;
using Argosy.Api.Routes.Containers;
using Argosy.Build;
using Argosy.Catalog;
using Argosy.Core;
using Argosy.Engine;
using Argosy.Engine.Builds;
using Argosy.Engine.Recovery;
using Argosy.Images;
using Argosy.Networks;
using Argosy.Registry;
using Argosy.Runtime;
using Argosy.Stacks;
using Argosy.Store;
using Argosy.Volumes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Daemon;

/// <summary>The composition root: what there is, in which order it comes up, and how it ends.</summary>
internal static partial class DaemonHost
{
    internal static async Task<int> RunAsync(DaemonSettings settings, CancellationToken cancellationToken)
    {
        Resolved resolved = Resolved.Of(settings);
        DaemonDirectories.Make(resolved.Paths);
        using DaemonLock held = await DaemonLock.TakeAsync(resolved.Paths, settings.PidFile, TimeProvider.System, cancellationToken);
        await using StateStore store = StateStore.Open(resolved.Paths.Database);
        await using WebApplication app = Build(settings, resolved, store);

        // Recovery comes before the sockets: the first request must see the truth.
        await RecoverAsync(app.Services, cancellationToken);
        SocketFiles.Clear(resolved.Sockets);
        await app.StartAsync(cancellationToken);
        SocketFiles.Protect(resolved.Sockets, settings.Group);
        LogReady(app.Logger, EngineVersion.Text, string.Join(", ", resolved.Sockets));
        ServiceManager.NotifyReady();
        await app.Services.GetRequiredService<ContainerRecovery>().StartWantedAsync();
        // What a start leaves behind is most of an idle daemon's heap; nothing else would collect it for hours.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        await app.WaitForShutdownAsync(cancellationToken);
        SocketFiles.Clear(resolved.Sockets);
        return 0;
    }

    private static WebApplication Build(DaemonSettings settings, Resolved resolved, StateStore store)
    {
        // Without this the host would watch the whole file system below "/" for an appsettings.json: tens of thousands of inotify watches.
        string[] hostArguments = ["--hostBuilder:reloadConfigOnChange=false"];
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = hostArguments, ContentRootPath = "/" });
        ConfigureLogging(builder.Logging, settings);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, resolved.Sockets));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(resolved.Paths)
            .AddSingleton(store)
            .AddImages(resolved.Layers)
            .AddRegistry(resolved.Registries)
            .AddRuntime(resolved.Runtime)
            .AddNetworks(resolved.Networks)
            .AddVolumes()
            .AddBuild(resolved.BuildCache)
            .AddEngine()
            .AddCatalog()
            .AddStacks(CreateTranslator.Translate)
            .AddApi();
        WebApplication app = builder.Build();
        app.UseApi();
        return app;
    }

    private static async Task RecoverAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<ImagesRecovery>().RecoverAsync();
        services.GetRequiredService<ExitWatcher>().Start();
        await services.GetRequiredService<ContainerRecovery>().RunAsync(cancellationToken);
        await services.GetRequiredService<VolumeStore>().RecoverAsync();
        await services.GetRequiredService<BuildRecovery>().CleanAsync();
    }

    /// <summary>No limits of time or size: a build's context is gigabytes, an attached shell sits idle for days.</summary>
    private static void Listen(KestrelServerOptions kestrel, IReadOnlyList<string> sockets)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
        kestrel.Limits.MaxRequestHeadersTotalSize = 256 * 1024;
        kestrel.Limits.MaxRequestLineSize = 64 * 1024;
        kestrel.Limits.MaxRequestBufferSize = 256 * 1024;
        foreach (string socket in sockets)
            kestrel.ListenUnixSocket(socket, listen => listen.UseHijacking());
    }

    private static void ConfigureLogging(ILoggingBuilder logging, DaemonSettings settings)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        logging.SetMinimumLevel(settings.Debug == true ? LogLevel.Debug : settings.LogLevel switch
        {
            null or "info" => LogLevel.Information,
            "debug" => LogLevel.Debug,
            "warn" => LogLevel.Warning,
            "error" => LogLevel.Error,
            var other => throw new InvalidDataException($"log-level: {other} is none of debug, info, warn, error"),
        });
        logging.AddFilter("Microsoft", LogLevel.Warning);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "argosyd {Version} listens on {Sockets}")]
    private static partial void LogReady(ILogger logger, string version, string sockets);
}
