namespace Argosy.Testing;

/// <summary>Images that need no network: made of this machine's own files.</summary>
public static class TestImages
{
    private static readonly Lazy<Task<string>> Busybox = new(MakeBusyboxAsync);

    /// <summary>A root file system as a tar: /bin/busybox with a link for each applet, passwd, group and the usual directories.</summary>
    public static Task<string> BusyboxTarAsync() => Busybox.Value;

    private static async Task<string> MakeBusyboxAsync()
    {
        FileInfo busybox = new("/bin/busybox");
        if (!busybox.Exists)
            throw new FileNotFoundException("/bin/busybox is missing: install busybox-static");
        string tar = $"/tmp/argosy-busybox-1-{busybox.Length}-{busybox.LastWriteTimeUtc.Ticks}.tar";
        if (File.Exists(tar))
            return tar;
        string work = Directory.CreateTempSubdirectory("argosy-busybox-").FullName;
        await Shell.ShAsync($"""
            set -e
            cd {work}
            mkdir -p root/bin root/etc root/proc root/sys root/dev root/root root/var/www root/home root/usr/bin
            mkdir -m 1777 root/tmp
            cp /bin/busybox root/bin/busybox
            for applet in $(/bin/busybox --list); do [ -e root/bin/$applet ] || ln -s busybox root/bin/$applet; done
            printf 'root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000:user:/home:/bin/sh\n' > root/etc/passwd
            printf 'root:x:0:\nusers:x:1000:\nwheel:x:10:user\n' > root/etc/group
            tar -C root --owner=0 --group=0 --numeric-owner --sort=name --mtime=2024-01-01 -cf image.tar .
            mv image.tar {tar}
            """);
        Directory.Delete(work, recursive: true);
        return tar;
    }
}
