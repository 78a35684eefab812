using System.Formats.Tar;
using System.Text;
using Argosy.CompatTests.Engines;
using Argosy.Testing;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Argosy.CompatTests.DotNet;

public sealed partial class DockerDotNetTests
{
    [Theory, OnArgosyd, OnDockerd]
    public Task Containers_from_create_to_remove(EngineKind kind) => UseAsync(kind, async client =>
    {
        string id = await CreateAsync(client, "trap 'exit 3' TERM; while :; do sleep 0.1; done", parameters =>
        {
            parameters.Name = "whole-life";
            parameters.Labels = new Dictionary<string, string> { ["suite"] = "dotnet" };
            parameters.Env = ["A=b"];
            parameters.StopTimeout = TimeSpan.FromSeconds(5);
            parameters.HostConfig.Memory = 64 << 20;
            parameters.HostConfig.RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.OnFailure, MaximumRetryCount = 0 };
        });
        ContainerInspectResponse created = await client.Containers.InspectContainerAsync(id, Patience);
        Assert.Equal(("/whole-life", "created", 64L << 20, "dotnet"), (created.Name, created.State.Status, created.HostConfig.Memory, created.Config.Labels["suite"]));

        Assert.True(await client.Containers.StartContainerAsync(id, new ContainerStartParameters(), Patience));
        Assert.False(await client.Containers.StartContainerAsync(id, new ContainerStartParameters(), Patience));
        ContainerListResponse listed = Assert.Single(await client.Containers.ListContainersAsync(new ContainersListParameters { Filters = Filter("label", "suite=dotnet") }, Patience));
        Assert.Equal((id, "/whole-life"), (listed.ID, listed.Names.Single()));
        Assert.Contains((await client.Containers.ListProcessesAsync(id, new ContainerListProcessesParameters(), Patience)).Processes, process => process.Any(cell => cell.Contains("trap", StringComparison.Ordinal)));

        await client.Containers.PauseContainerAsync(id, Patience);
        Assert.True((await client.Containers.InspectContainerAsync(id, Patience)).State.Paused);
        await client.Containers.UnpauseContainerAsync(id, Patience);
        await client.Containers.RenameContainerAsync(id, new ContainerRenameParameters { NewName = "renamed" }, Patience);
        await client.Containers.UpdateContainerAsync("renamed", new ContainerUpdateParameters { Memory = 96 << 20, MemorySwap = -1 }, Patience);
        await client.Containers.RestartContainerAsync(id, new ContainerRestartParameters { WaitBeforeKillSeconds = 5 }, Patience);
        await client.Containers.KillContainerAsync(id, new ContainerKillParameters { Signal = "KILL" }, Patience);
        Assert.Equal(137, (await client.Containers.WaitContainerAsync(id, Patience)).StatusCode);
        await client.Containers.StartContainerAsync(id, new ContainerStartParameters(), Patience);
        Assert.True(await client.Containers.StopContainerAsync(id, new ContainerStopParameters { WaitBeforeKillSeconds = 0 }, Patience));
        await RemoveAsync(client, id);
        await Assert.ThrowsAsync<DockerContainerNotFoundException>(() => client.Containers.InspectContainerAsync(id, Patience));
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Attach_with_both_streams_and_input(EngineKind kind) => UseAsync(kind, async client =>
    {
        string id = await CreateAsync(client, "read a; echo got $a; echo bad >&2", parameters =>
            (parameters.OpenStdin, parameters.StdinOnce, parameters.AttachStdin, parameters.AttachStdout, parameters.AttachStderr) = (true, true, true, true, true));
        using MultiplexedStream stream = await client.Containers.AttachContainerAsync(id, new ContainerAttachParameters { Stream = true, Stdin = true, Stdout = true, Stderr = true }, Patience);
        await client.Containers.StartContainerAsync(id, new ContainerStartParameters(), Patience);
        await stream.WriteAsync("words\n"u8.ToArray(), 0, 6, Patience);
        stream.CloseWrite();
        (string output, string error) = await stream.ReadOutputToEndAsync(Patience);
        Assert.Equal(("got words\n", "bad\n"), (output, error));
        await RemoveAsync(client, id);
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Exec_with_output_input_and_exit_code(EngineKind kind) => UseAsync(kind, async client =>
    {
        string id = await RunAsync(client, "sleep 1000");
        ContainerExecCreateResponse exec = await client.Exec.CreateContainerExecAsync(id, new ContainerExecCreateParameters
        {
            AttachStdin = true,
            AttachStdout = true,
            AttachStderr = true,
            Env = ["WHO=exec"],
            WorkingDir = "/tmp",
            User = "1000",
            Cmd = ["sh", "-c", "cat; echo $WHO; pwd; id -u; echo bad >&2; exit 7"],
        }, Patience);
        using (MultiplexedStream stream = await client.Exec.StartContainerExecAsync(exec.ID, new ContainerExecStartParameters(), Patience))
        {
            await stream.WriteAsync("in\n"u8.ToArray(), 0, 3, Patience);
            stream.CloseWrite();
            (string output, string error) = await stream.ReadOutputToEndAsync(Patience);
            Assert.Equal(("in\nexec\n/tmp\n1000\n", "bad\n"), (output, error));
        }
        await Poll.UntilAsync(async () => !(await client.Exec.InspectContainerExecAsync(exec.ID, Patience)).Running, "the exec has ended");
        Assert.Equal(7, (await client.Exec.InspectContainerExecAsync(exec.ID, Patience)).ExitCode);
        await RemoveAsync(client, id);
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Logs_at_once_and_followed(EngineKind kind) => UseAsync(kind, async client =>
    {
        string id = await RunAsync(client, "echo one; sleep 0.3; echo two >&2; sleep 0.3; echo three");
        using (MultiplexedStream followed = await client.Containers.GetContainerLogsAsync(id, new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Follow = true }, Patience))
            Assert.Equal(("one\nthree\n", "two\n"), await followed.ReadOutputToEndAsync(Patience));
        using (MultiplexedStream last = await client.Containers.GetContainerLogsAsync(id, new ContainerLogsParameters { ShowStdout = true, Tail = "1", Timestamps = true }, Patience))
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\S+Z three\n$", (await last.ReadOutputToEndAsync(Patience)).stdout);
        await RemoveAsync(client, id);
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Stats_once_and_as_a_stream(EngineKind kind) => UseAsync(kind, async client =>
    {
        string id = await RunAsync(client, "while :; do :; done");
        var samples = new List<ContainerStatsResponse>();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await client.Containers.GetContainerStatsAsync(id, new ContainerStatsParameters { Stream = false }, new Reporter<ContainerStatsResponse>(samples.Add), enough.Token);
        ContainerStatsResponse one = Assert.Single(samples);
        Assert.True(one.CPUStats.CPUUsage.TotalUsage > one.PreCPUStats.CPUUsage.TotalUsage && one.PreCPUStats.CPUUsage.TotalUsage > 0, "two readings in one answer");
        Assert.True(one.MemoryStats.Usage > 0 && one.PidsStats.Current >= 1 && one.Networks.ContainsKey("eth0"), "memory, processes and network");
        samples.Clear();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Containers.GetContainerStatsAsync(id, new ContainerStatsParameters { Stream = true }, new Reporter<ContainerStatsResponse>(sample =>
        {
            samples.Add(sample);
            if (samples.Count == 2)
                enough.Cancel();
        }), enough.Token));
        Assert.True(samples.Count >= 2 && samples[1].Read > samples[0].Read, "a reading a second");
        await RemoveAsync(client, id);
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Archives_in_and_out_changes_and_export(EngineKind kind) => UseAsync(kind, async client =>
    {
        string id = await RunAsync(client, "sleep 1000");
        using (MemoryStream tar = TarOf("hello.txt", "hello"))
            await client.Containers.ExtractArchiveToContainerAsync(id, new CopyToContainerParameters { Path = "/root" }, tar, Patience);
        ContainerArchiveResponse answer = await client.Containers.GetArchiveFromContainerAsync(id, new ContainerPathStatParameters { Path = "/root/hello.txt" }, false, Patience);
        Assert.Equal(("hello.txt", 5L), (answer.Stat.Name, answer.Stat.Size));
        Assert.Equal("hello", await ReadAsync(answer.Stream, "hello.txt"));
        Assert.Contains(await client.Containers.InspectChangesAsync(id, Patience), change => change.Path == "/root/hello.txt");
        await using Stream export = await client.Containers.ExportContainerAsync(id, Patience);
        Assert.Equal("hello", await ReadAsync(export, "root/hello.txt"));
        await RemoveAsync(client, id);
    });

    [Theory, OnArgosyd, OnDockerd]
    public Task Errors_by_their_status(EngineKind kind) => UseAsync(kind, async client =>
    {
        await Assert.ThrowsAsync<DockerImageNotFoundException>(() => client.Containers.CreateContainerAsync(new CreateContainerParameters { Image = "absent:1" }, Patience));
        string id = await CreateAsync(client, "true", parameters => parameters.Name = "taken");
        DockerApiException conflict = await Assert.ThrowsAsync<DockerApiException>(() => CreateAsync(client, "true", parameters => parameters.Name = "taken"));
        Assert.Equal(System.Net.HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Contains("The container name \\\"/taken\\\" is already in use by container", conflict.ResponseBody, StringComparison.Ordinal);
        DockerApiException notRunning = await Assert.ThrowsAsync<DockerApiException>(() => client.Containers.KillContainerAsync(id, new ContainerKillParameters(), Patience));
        Assert.Equal(System.Net.HttpStatusCode.Conflict, notRunning.StatusCode);
        Assert.False(await client.Containers.StopContainerAsync(id, new ContainerStopParameters(), Patience));
        await RemoveAsync(client, id);
    });

    private static MemoryStream TarOf(string name, string content)
    {
        var result = new MemoryStream();
        using (var writer = new TarWriter(result, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        result.Position = 0;
        return result;
    }

    private static async Task<string> ReadAsync(Stream tar, string name)
    {
        await using var reader = new TarReader(tar);
        while (await reader.GetNextEntryAsync(copyData: true, Patience) is { } entry)
            if (entry.Name == name)
                return await new StreamReader(entry.DataStream!).ReadToEndAsync(Patience);
        throw new InvalidDataException($"no {name} in the archive");
    }
}
