using System.Net;
using System.Net.Sockets;
using Shop.Common.Hosting;

namespace Shop.Monitor;

/// <summary>Asks every replica of every service how it is, round after round.</summary>
internal sealed partial class Watch(
    MonitorOptions options,
    HttpProbe http,
    DatabaseProbe database,
    Board board,
    TimeProvider time,
    ILogger<Watch> logger)
    : PeriodicService(time, options.Pause, logger)
{
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(options.Targets.Select(target => AskServiceAsync(target, cancellationToken)));
        var round = options.Targets.Select((target, i) => (target.Name, Answers: answers[i])).ToDictionary(pair => pair.Name, pair => pair.Answers);
        foreach (var changed in board.Enter(round))
            Changed(logger, changed.Name, changed.State, changed.Replicas.FirstOrDefault(replica => replica.Problem is not null)?.Problem ?? "");
        return false;
    }

    // A service's name has one address per replica.
    private async Task<IReadOnlyList<Replica>> AskServiceAsync(Target target, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Timeout);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(target.Address.Host, AddressFamily.InterNetwork, timeout.Token);
            return await Task.WhenAll(addresses.Select(address => AskReplicaAsync(target, address, timeout.Token)));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return [new Replica(target.Address.Host, 0, error is OperationCanceledException ? "its name was not resolved in time" : error.Message)];
        }
    }

    private async Task<Replica> AskReplicaAsync(Target target, IPAddress address, CancellationToken cancellationToken)
    {
        var endpoint = new IPEndPoint(address, target.Address.Port);
        long start = Time.GetTimestamp();
        try
        {
            string? problem = target.Address.Scheme switch
            {
                "redis" => await RedisProbe.AskAsync(endpoint, cancellationToken),
                "postgres" => await database.AskAsync(cancellationToken),
                _ => await http.AskAsync(endpoint, target.Address.PathAndQuery, cancellationToken),
            };
            return new Replica(address.ToString(), Elapsed(start), problem);
        }
        catch (Exception error)
        {
            return new Replica(address.ToString(), Elapsed(start), error is OperationCanceledException ? "no answer in time" : error.Message);
        }
    }

    private double Elapsed(long start) => Math.Round(Time.GetElapsedTime(start).TotalMilliseconds, 1);

    [LoggerMessage(EventId = 9401, Level = LogLevel.Information, Message = "{Target} is {State} {Problem}")]
    private static partial void Changed(ILogger logger, string target, string state, string problem);
}
