using Argosy.Core;

namespace Argosy.Runtime.Tests;

public sealed class CapabilitiesTests
{
    [Fact]
    public void Root_gets_Dockers_fourteen_in_three_sets()
    {
        CapabilitySets sets = Capabilities.Compute([], [], privileged: false, uid: 0);
        Assert.Equal(14, sets.Bounding.Count);
        Assert.Equal(sets.Bounding, sets.Effective);
        Assert.Equal(sets.Bounding, sets.Permitted);
        Assert.Empty(sets.Inheritable);
        Assert.Empty(sets.Ambient);
    }

    [Fact]
    public void Another_user_keeps_the_bounding_set_only()
    {
        CapabilitySets sets = Capabilities.Compute([], [], privileged: true, uid: 1000);
        Assert.NotEmpty(sets.Bounding);
        Assert.Empty(sets.Effective);
        Assert.Empty(sets.Permitted);
    }

    [Fact]
    public void Names_are_added_and_dropped_in_any_spelling()
    {
        IReadOnlyList<string> bounding = Capabilities.Compute(["net_admin"], ["CAP_CHOWN", "mknod"], privileged: false, uid: 0).Bounding;
        Assert.Contains("CAP_NET_ADMIN", bounding);
        Assert.DoesNotContain("CAP_CHOWN", bounding);
        Assert.Equal(13, bounding.Count);
    }

    [Fact]
    public void All_can_be_dropped_but_one()
    {
        Assert.Equal(["CAP_NET_BIND_SERVICE"], Capabilities.Compute(["NET_BIND_SERVICE"], ["ALL"], privileged: false, uid: 0).Bounding);
        IReadOnlyList<string> most = Capabilities.Compute(["ALL"], ["SYS_ADMIN"], privileged: false, uid: 0).Bounding;
        Assert.Equal(Capabilities.Known().Count - 1, most.Count);
    }

    [Fact]
    public void An_unknown_name_is_refused() =>
        Assert.Equal(ErrorKind.InvalidArgument, Assert.Throws<EngineException>(() => Capabilities.Compute(["CAP_FLY"], [], false, 0)).Kind);
}
