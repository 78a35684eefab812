using Argosy.Core;

namespace Argosy.Runtime.Tests;

public sealed class UserLookupTests
{
    private const string Passwd = "root:x:0:0:root:/root:/bin/sh\n# comment\nbroken\nalice:x:1000:1001::/home/alice:/bin/sh\n42:x:7:7::/seven:/bin/sh\n";
    private const string Group = "root:x:0:\nstaff:x:50:alice\nalice:x:1001:\nextra:x:77:bob,alice\n";

    [Theory]
    [InlineData("", 0, 0, "0", "/root")]
    [InlineData("alice", 1000, 1001, "1001,50,77", "/home/alice")]
    [InlineData("1000", 1000, 1001, "1001,50,77", "/home/alice")]
    [InlineData("alice:staff", 1000, 50, "50", "/home/alice")]
    [InlineData("alice:9", 1000, 9, "9", "/home/alice")]
    [InlineData("42", 42, 0, "0", "/")]
    [InlineData("5000:6000", 5000, 6000, "6000", "/")]
    [InlineData(":staff", 0, 50, "50", "/root")]
    public void Users_and_groups_become_numbers(string user, uint uid, uint gid, string groups, string home)
    {
        UserIdentity identity = UserLookup.Resolve(user, [], Passwd, Group);
        Assert.Equal((uid, gid, groups, home), (identity.Uid, identity.Gid, string.Join(',', identity.AdditionalGids), identity.Home));
    }

    [Fact]
    public void Added_groups_are_names_or_numbers() =>
        Assert.Equal([1001u, 50, 77, 123], UserLookup.Resolve("alice", ["extra", "123"], Passwd, Group).AdditionalGids);

    [Theory]
    [InlineData("nobody", "unable to find user nobody: no matching entries in passwd file")]
    [InlineData("alice:none", "unable to find group none: no matching entries in group file")]
    [InlineData("-1", "uids and gids must be in range 0-2147483647")]
    [InlineData("2147483648", "uids and gids must be in range 0-2147483647")]
    public void What_is_not_there_gets_Dockers_sentence(string user, string message) =>
        Assert.Equal(message, Assert.Throws<EngineException>(() => UserLookup.Resolve(user, [], Passwd, Group)).Message);

    [Fact]
    public void A_symbolic_link_in_the_image_does_not_lead_to_the_hosts_file()
    {
        string root = Directory.CreateTempSubdirectory("argosy-user-").FullName;
        string outside = root + "-outside";
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "etc"));
            Directory.CreateDirectory(outside);
            File.WriteAllText(Path.Combine(outside, "passwd"), "mallory:x:1:1::/:\n");
            File.CreateSymbolicLink(Path.Combine(root, "etc/passwd"), "../../" + Path.GetFileName(outside) + "/passwd");
            Assert.Throws<EngineException>(() => UserLookup.Resolve(root, "mallory"));
            // Within the root, absolute links count from the root.
            File.Delete(Path.Combine(root, "etc/passwd"));
            File.WriteAllText(Path.Combine(root, "real"), "bob:x:5:6::/b:\n");
            File.CreateSymbolicLink(Path.Combine(root, "etc/passwd"), "/real");
            Assert.Equal(5u, UserLookup.Resolve(root, "bob").Uid);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
            Directory.Delete(outside, recursive: true);
        }
    }
}
