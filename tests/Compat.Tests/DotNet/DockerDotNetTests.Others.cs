using System.Collections.Concurrent;
using Argosy.CompatTests.Engines;
using Argosy.Testing;
using Docker.DotNet.Models;

namespace Argosy.CompatTests.DotNet;

public sealed partial class DockerDotNetTests
{
    [Theory, OnArgosyd, OnDockerd]
    public Task Images_built_tagged_committed_saved_and_removed(EngineKind kind) => UseAsync(kind, async client =>
    {
        var messages = new List<JSONMessage>();
        using (MemoryStream context = TarOf("Dockerfile", "FROM busybox\nARG WHAT\nRUN echo building $WHAT\nLABEL built=here\n"))
            await client.Images.BuildImageFromDockerfileAsync(
                new ImageBuildParameters { Tags = ["dotnet-built:1"], BuildArgs = new Dictionary<string, string> { ["WHAT"] = "things" } },
                context, [], new Dictionary<string, string>(), new Reporter<JSONMessage>(messages.Add), Patience);
        Assert.Contains(messages, message => message.Stream?.Contains("building things", StringComparison.Ordinal) == true);
        Assert.Equal("here", (await client.Images.InspectImageAsync("dotnet-built:1", Patience)).Config.Labels["built"]);
        await client.Images.TagImageAsync("dotnet-built:1", new ImageTagParameters { RepositoryName = "dotnet-built", Tag = "2" }, Patience);
        Assert.Equal(2, Assert.Single(await client.Images.ListImagesAsync(new ImagesListParameters { Filters = Filter("reference", "dotnet-built") }, Patience)).RepoTags.Count);
        Assert.NotEmpty(await client.Images.GetImageHistoryAsync("dotnet-built:2", Patience));

        string id = await RunAsync(client, "echo left > /left");
        await client.Containers.WaitContainerAsync(id, Patience);
        CommitContainerChangesResponse committed = await client.Images.CommitContainerChangesAsync(new CommitContainerChangesParameters { ContainerID = id, RepositoryName = "dotnet-committed", Tag = "1" }, Patience);
        Assert.StartsWith("sha256:", committed.ID, StringComparison.Ordinal);
        await RemoveAsync(client, id);

        var saved = new MemoryStream();
        await using (Stream archive = await client.Images.SaveImageAsync("dotnet-committed:1", Patience))
            await archive.CopyToAsync(saved, Patience);
        await client.Images.DeleteImageAsync("dotnet-committed:1", new ImageDeleteParameters(), Patience);
        saved.Position = 0;
        await client.Images.LoadImageAsync(new ImageLoadParameters { Quiet = true }, saved, new Reporter<JSONMessage>(_ => { }), Patience);
        Assert.Equal(committed.ID, (await client.Images.InspectImageAsync("dotnet-committed:1", Patience)).ID);
        foreach (string name in (string[])["dotnet-built:1", "dotnet-built:2", "dotnet-committed:1"])
            Assert.NotEmpty(await client.Images.DeleteImageAsync(name, new ImageDeleteParameters(), Patience));
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Networks_with_addresses_aliases_and_filters(EngineKind kind) => UseAsync(kind, async client =>
    {
        NetworksCreateResponse created = await client.Networks.CreateNetworkAsync(new NetworksCreateParameters
        {
            Name = "dotnet-net",
            Driver = "bridge",
            Labels = new Dictionary<string, string> { ["suite"] = "dotnet" },
            IPAM = new IPAM { Driver = "default", Config = [new IPAMConfig { Subnet = "10.243.9.0/24", Gateway = "10.243.9.1" }] },
        }, Patience);
        Assert.Equal(created.ID, Assert.Single(await client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = Filter("label", "suite=dotnet") }, Patience)).ID);
        string id = await RunAsync(client, "sleep 1000");
        await client.Networks.ConnectNetworkAsync("dotnet-net", new NetworkConnectParameters
        {
            Container = id,
            EndpointConfig = new EndpointSettings { Aliases = ["friend"], IPAMConfig = new EndpointIPAMConfig { IPv4Address = "10.243.9.77" } },
        }, Patience);
        NetworkResponse network = await client.Networks.InspectNetworkAsync(created.ID, Patience);
        Assert.Equal("10.243.9.77/24", network.Containers[id].IPv4Address);
        ContainerInspectResponse container = await client.Containers.InspectContainerAsync(id, Patience);
        Assert.Equal("10.243.9.77", container.NetworkSettings.Networks["dotnet-net"].IPAddress);
        Assert.Contains("friend", container.NetworkSettings.Networks["dotnet-net"].Aliases);
        await client.Networks.DisconnectNetworkAsync("dotnet-net", new NetworkDisconnectParameters { Container = id }, Patience);
        await RemoveAsync(client, id);
        Assert.Equal(["dotnet-net"], (await client.Networks.PruneNetworksAsync(new NetworksDeleteUnusedParameters { Filters = Filter("label", "suite=dotnet") }, Patience)).NetworksDeleted);
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Volumes_created_used_and_pruned(EngineKind kind) => UseAsync(kind, async client =>
    {
        VolumeResponse created = await client.Volumes.CreateAsync(new VolumesCreateParameters { Name = "dotnet-volume", Labels = new Dictionary<string, string> { ["suite"] = "dotnet" } }, Patience);
        Assert.Equal(("dotnet-volume", "local"), (created.Name, created.Driver));
        string id = await RunAsync(client, "echo kept > /data/file", parameters =>
            parameters.HostConfig.Mounts = [new Mount { Type = "volume", Source = "dotnet-volume", Target = "/data" }]);
        Assert.Equal(0, (await client.Containers.WaitContainerAsync(id, Patience)).StatusCode);
        Assert.Equal("kept\n", await ReadAsync((await client.Containers.GetArchiveFromContainerAsync(id, new ContainerPathStatParameters { Path = "/data/file" }, false, Patience)).Stream, "file"));
        await RemoveAsync(client, id);
        Assert.Equal("dotnet-volume", Assert.Single((await client.Volumes.ListAsync(new VolumesListParameters { Filters = Filter("label", "suite=dotnet") }, Patience)).Volumes).Name);
        await client.Volumes.RemoveAsync("dotnet-volume", force: false, Patience);
        await Assert.ThrowsAnyAsync<Docker.DotNet.DockerApiException>(() => client.Volumes.InspectAsync("dotnet-volume", Patience));
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Events_as_they_come(EngineKind kind) => UseAsync(kind, async client =>
    {
        var seen = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Task listening = client.System.MonitorEventsAsync(
            new ContainerEventsParameters { Filters = Filter("container", "dotnet-noted") }, new Reporter<Message>(message => seen.Enqueue($"{message.Type} {message.Action}")), stop.Token);
        // Nobody is told when the subscription holds: containers are made until one is seen from its beginning.
        await Poll.UntilAsync(async () =>
        {
            string id = await RunAsync(client, "exit 3", parameters => parameters.Name = "dotnet-noted");
            await client.Containers.WaitContainerAsync(id, Patience);
            await RemoveAsync(client, id);
            return seen.Contains("container create") && seen.Contains("container destroy");
        }, "the events of a whole life");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
        foreach (string action in (string[])["create", "start", "die", "destroy"])
            Assert.Contains("container " + action, seen);
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Version_info_ping_and_disk_usage(EngineKind kind) => UseAsync(kind, async client =>
    {
        await client.System.PingAsync(Patience);
        VersionResponse version = await client.System.GetVersionAsync(Patience);
        Assert.Equal(("linux", "amd64"), (version.Os, version.Arch));
        SystemInfoResponse info = await client.System.GetSystemInfoAsync(Patience);
        Assert.Equal(("linux", Environment.ProcessorCount), (info.OSType, (int)info.NCPU));
        Assert.NotNull(await client.System.GetDataUsageInfoAsync(new SytemDataUsageInfoParameters(), Patience));
    });
}
