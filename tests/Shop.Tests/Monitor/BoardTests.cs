using Shop.Monitor;

namespace Argosy.Shop.Tests.Monitor;

public sealed class BoardTests
{
    private readonly Board board = new(
        new MonitorOptions(Target.ParseAll("web=http://web:8080/healthz db=postgres://db:5432"), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2)),
        TimeProvider.System);

    [Fact]
    public void Nothing_is_up_before_it_was_asked() => Assert.Equal("down", board.Report.State);

    [Fact]
    public void All_well_is_up()
    {
        Enter(web: [null], db: [null]);
        Assert.Equal("up", board.Report.State);
    }

    [Fact]
    public void One_sick_replica_of_two_is_degraded_and_still_usable()
    {
        Enter(web: [null, "timeout"], db: [null]);
        Assert.Equal("degraded", board.Report.State);
        Assert.Equal(100, board.Report.Services[0].Availability);
    }

    [Fact]
    public void No_replica_well_is_down()
    {
        Enter(web: [null], db: ["refused"]);
        Assert.Equal("down", board.Report.State);
    }

    [Fact]
    public void Only_a_service_whose_state_changes_is_reported()
    {
        Enter(web: [null], db: [null]);
        Assert.Equal("db", Assert.Single(Enter(web: [null], db: ["refused"])).Name);
        Assert.Empty(Enter(web: [null], db: ["refused"]));
    }

    [Theory]
    [InlineData("web")]
    [InlineData("=http://web")]
    [InlineData("web=ftp://web")]
    public void A_target_that_cannot_be_asked_is_refused(string text) => Assert.Throws<FormatException>(() => Target.ParseAll(text));

    private IReadOnlyList<ServiceState> Enter(string?[] web, string?[] db) => board.Enter(new Dictionary<string, IReadOnlyList<Replica>>
    {
        ["web"] = [.. web.Select(problem => new Replica("10.0.0.2", 1, problem))],
        ["db"] = [.. db.Select(problem => new Replica("10.0.0.3", 1, problem))],
    });
}
