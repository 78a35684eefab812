using Argosy.Testing;

namespace Argosy.CompatTests.Interop;

/// <summary>A file system with everything in /data that is easily lost on the way, and what a later layer changes in it.</summary>
internal static class OddTree
{
    /// <summary>One layer, as GNU tar writes it: owners, modes, nanoseconds, links, devices, long and odd names, attributes, capabilities.</summary>
    // Not sparse: dockerd and podman cannot push a layer that came as a sparse tar ("could not verify layer data", "digest did not match").
    internal static Task<string> MakeTarAsync(string directory) => Shell.ShAsync($$"""
        set -e
        cd {{directory}}
        mkdir -p root/bin root/etc root/proc root/sys root/dev root/tmp root/data/dir root/data/gone/below root/data/replaced root/data/sticky
        cp /bin/busybox root/bin/busybox
        for applet in sh sleep rm mkdir touch chmod echo; do ln -s busybox root/bin/$applet; done
        echo 'root:x:0:0:root:/:/bin/sh' > root/etc/passwd
        cd root/data
        echo plain > plain
        ln plain hard
        ln -s ../plain dir/link
        ln -s /absolute/nowhere dangling
        cp /bin/true setuid
        mkfifo pipe
        mknod null c 1 3
        echo gone > gone/below/file
        echo old > replaced/old
        echo mode > mode
        head -c 3000000 /dev/zero > big
        printf end >> big
        echo umlaut > 'grüße mit Leerzeichen'
        echo bytes > "$(printf 'latin-\377-1')"
        long=$(printf 'long%.0s' $(seq 50))
        mkdir -p $long/$long
        echo deep > $long/$long/file
        chown 1000:1001 plain
        chown 3000000:3000001 big
        chown -h 12:34 dangling
        chmod 640 plain
        chmod 6755 setuid
        chmod 3777 sticky
        chmod 511 dir
        setfattr -n user.binary -v 0x00ff0a00fe plain
        setfattr -n user.text -v text dir
        setfattr -n security.capability -v 0x0100000200040000000000000000000000000000 setuid
        find . -depth -exec touch -h -d '2001-02-03 04:05:06.123456789' {} +
        cd {{directory}}
        tar --xattrs --xattrs-include='*' --format=posix --numeric-owner -C root -cf tree.tar .
        rm -r root
        """);

    /// <summary>What the second layer does, for a shell in the image: deletes, replaces and changes.</summary>
    internal const string Changes =
        "rm -r /data/gone /data/replaced && mkdir /data/replaced && echo new > /data/replaced/new && chmod 600 /data/mode && echo added > /data/dir/added"
        + " && touch -d '2002-01-01 00:00:00' /data/replaced/new /data/replaced /data/dir/added /data/dir /data";

    /// <summary>Everything about a tree that an image keeps, as text, sorted.</summary>
    internal static Task<string> ListAsync(string data) => Shell.ShAsync($$"""
        set -e
        export LC_ALL=C
        cd {{data}}
        find . -type f -printf '%p file %m %U:%G %T@ links=%n size=%s\n' -o -type d -printf '%p directory %m %U:%G %T@\n' -o -printf '%p %y %m %U:%G %T@ %l\n' | sort
        find . -type f -exec sha256sum {} + | sort -k 2
        find . \( -type c -o -type b \) -exec stat -c '%n device %t:%T' {} + | sort
        for file in plain dir setuid; do getfattr -h -d -m '^(user|security[.]capability)' -e hex $file; done
        """);
}
