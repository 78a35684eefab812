using System.Runtime.CompilerServices;
using System.Text;
using Argosy.CompatTests.Engines;
using Argosy.Testing;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Images;
using DotNet.Testcontainers.Networks;
using DotNet.Testcontainers.Volumes;

namespace Argosy.CompatTests.DotNet;

/// <summary>Testcontainers for .NET. Its reaper is switched off: the reaper's image cannot be pulled here.</summary>
public sealed class TestcontainersTests(EngineFixture engines) : ClientSuite(engines)
{
    static TestcontainersTests()
    {
        TestcontainersSettings.ResourceReaperEnabled = false;
        TestcontainersSettings.WaitStrategyTimeout = TimeSpan.FromSeconds(30);
    }

    protected override string Client => "Testcontainers for .NET";

    [Theory, OnArgosyd, OnDockerd]
    public Task A_generic_container_with_a_random_port_and_an_http_wait(EngineKind kind) => UseAsync(kind, async make =>
    {
        await using IContainer container = make()
            .WithCommand("sh", "-c", "mkdir /www; echo $GREETING > /www/index.html; sleep 0.3; exec httpd -f -p 8080 -h /www")
            .WithEnvironment("GREETING", "hello").WithPortBinding(8080, assignRandomHostPort: true)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilHttpRequestIsSucceeded(request => request.ForPort(8080).ForPath("/index.html")))
            .Build();
        await container.StartAsync();
        using var http = new HttpClient();
        Assert.Equal("hello\n", await http.GetStringAsync(new Uri($"http://{container.Hostname}:{container.GetMappedPublicPort(8080)}/index.html")));
        Assert.Equal(TestcontainersStates.Running, container.State);
        await container.PauseAsync();
        await container.UnpauseAsync();
        await container.StopAsync();
        Assert.Equal(TestcontainersStates.Exited, container.State);
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Waits_for_a_log_line_a_port_a_command_a_file_and_health(EngineKind kind) => UseAsync(kind, async make =>
    {
        await using IContainer container = make()
            .WithCommand("sh", "-c", "sleep 0.2; touch /tmp/ready; echo now it is ready; exec httpd -f -p 8080")
            .WithPortBinding(8080, assignRandomHostPort: true)
            .WithCreateParameterModifier(parameters => parameters.Healthcheck = new global::Docker.DotNet.Models.HealthcheckConfig
            { Test = ["CMD", "test", "-e", "/tmp/ready"], Interval = TimeSpan.FromMilliseconds(200), Timeout = TimeSpan.FromSeconds(5), Retries = 20 })
            .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("now it .* ready").UntilInternalTcpPortIsAvailable(8080).UntilExternalTcpPortIsAvailable(8080)
                .UntilCommandIsCompleted("test", "-e", "/tmp/ready").UntilContainerIsHealthy())
            .Build();
        await container.StartAsync();
        Assert.Equal(TestcontainersHealthStatus.Healthy, container.Health);
        Assert.Contains("now it is ready", (await container.GetLogsAsync()).Item1, StringComparison.Ordinal);
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Exec_and_exit_code(EngineKind kind) => UseAsync(kind, async make =>
    {
        await using IContainer container = make().WithCommand("sleep", "1000").Build();
        await container.StartAsync();
        ExecResult result = await container.ExecAsync(["sh", "-c", "echo out; echo err >&2; exit 4"]);
        Assert.Equal(("out\n", "err\n", 4L), (result.Stdout, result.Stderr, result.ExitCode));
        await using IContainer ending = make().WithCommand("sh", "-c", "exit 9").Build();
        await ending.StartAsync();
        Assert.Equal(9, await ending.GetExitCodeAsync());
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Files_copied_both_ways_before_and_after_the_start(EngineKind kind) => UseAsync(kind, async make =>
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("argosy-compat-");
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "one.txt"), "one");
        await using IContainer container = make().WithCommand("sh", "-c", "cat /etc/before && sleep 1000")
            .WithResourceMapping("before\n"u8.ToArray(), "/etc/before").WithResourceMapping(directory, "/mapped")
            .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("before")).Build();
        await container.StartAsync();
        await container.CopyAsync("after"u8.ToArray(), "/tmp/deep/after", fileMode: UnixFileModes.UserRead | UnixFileModes.UserWrite);
        await container.CopyAsync(directory, "/tmp/tree");
        Assert.Equal("after", Encoding.UTF8.GetString(await container.ReadFileAsync("/tmp/deep/after")));
        Assert.Equal("one", Encoding.UTF8.GetString(await container.ReadFileAsync("/tmp/tree/one.txt")));
        Assert.Equal("one", Encoding.UTF8.GetString(await container.ReadFileAsync("/mapped/one.txt")));
        Assert.Equal("600\n", (await container.ExecAsync(["stat", "-c", "%a", "/tmp/deep/after"])).Stdout);
        directory.Delete(recursive: true);
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task A_network_where_containers_find_each_other_and_a_volume(EngineKind kind) => OnAsync(kind, async engine =>
    {
        await using INetwork network = new NetworkBuilder().WithDockerEndpoint(EndpointOf(engine)).Build();
        await using IVolume volume = new VolumeBuilder().WithDockerEndpoint(EndpointOf(engine)).Build();
        await network.CreateAsync();
        await volume.CreateAsync();
        await using IContainer server = Make(engine).WithNetwork(network).WithNetworkAliases("server").WithVolumeMount(volume, "/www")
            .WithCommand("sh", "-c", "echo served > /www/page; exec httpd -f -p 80 -h /www").Build();
        await using IContainer client = Make(engine).WithNetwork(network).WithVolumeMount(volume, "/look", AccessMode.ReadOnly).WithCommand("sleep", "1000").Build();
        await server.StartAsync();
        await client.StartAsync();
        ExecResult fetched = default;
        await Poll.UntilAsync(async () => (fetched = await client.ExecAsync(["wget", "-q", "-O", "-", "http://server/page"])).ExitCode == 0, "the server answers by its alias");
        Assert.Equal("served\n", fetched.Stdout);
        Assert.Equal("served\n", (await client.ExecAsync(["cat", "/look/page"])).Stdout);
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task An_image_from_a_dockerfile(EngineKind kind) => OnAsync(kind, async engine =>
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("argosy-compat-");
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "Dockerfile"), "FROM busybox\nARG WHAT\nRUN echo $WHAT > /made\n");
        await using IFutureDockerImage image = new ImageFromDockerfileBuilder().WithDockerEndpoint(EndpointOf(engine))
            .WithDockerfileDirectory(directory.FullName).WithName("testcontainers-made:1").WithBuildArgument("WHAT", "things").Build();
        await image.CreateAsync();
        await using IContainer container = new ContainerBuilder(image).WithDockerEndpoint(EndpointOf(engine)).WithCommand("sleep", "1000").Build();
        await container.StartAsync();
        Assert.Equal("things\n", Encoding.UTF8.GetString(await container.ReadFileAsync("/made")));
        directory.Delete(recursive: true);
    });

    private Task UseAsync(EngineKind kind, Func<Func<ContainerBuilder>, Task> use, [CallerMemberName] string name = "") => OnAsync(kind, engine => use(() => Make(engine)), name);

    private static IDockerEndpointAuthenticationConfiguration EndpointOf(IEngine engine) =>
        engine.Kind == EngineKind.Dockerd ? new OldEndpoint(engine.Endpoint) : new DockerEndpointAuthenticationConfiguration(engine.Endpoint, null);

    private static ContainerBuilder Make(IEngine engine) =>
        new ContainerBuilder("busybox:latest").WithDockerEndpoint(EndpointOf(engine)).WithCreateParameterModifier(parameters => parameters.StopSignal = "SIGKILL");
}
