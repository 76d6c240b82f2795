using Aegis.Streams.Volumes;

namespace Aegis.Tests.Streams.Volumes;

public sealed class MountedVolumesTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();
    private readonly MountedVolumes _volumes = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Find_OfAFolderThatIsNotThere_IsUnknown() => Assert.Null(_volumes.Find(Path.Combine(_folder, "nothing")));

    [Fact]
    public void Find_OfAFolder_NamesTheMountPointAboveIt()
    {
        var volume = Assert.NotNull(_volumes.Find(_folder));
        Assert.Contains(volume.MountPoint, DriveInfo.GetDrives().Select(drive => drive.Name));
        Assert.StartsWith(volume.MountPoint, _folder, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_OfAFolderOnASmallVolume_TellsThatVolumesSpace_AlsoThroughALink()
    {
        using var small = SmallVolume.Mount(Path.Combine(_folder, "small"), mebibytes: 8);
        var inside = Directory.CreateDirectory(Path.Combine(small.Path, "redis")).FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "smaller"));
        var link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, small.Path);
        foreach (var folder in new[] { inside, Path.Combine(link, "redis") })
        {
            var volume = Assert.NotNull(_volumes.Find(folder));
            Assert.Equal(small.Path, volume.MountPoint);
            Assert.InRange(volume.FreeBytes, 1, 8 << 20);
        }

        Assert.NotEqual(small.Path, _volumes.Find(Path.Combine(_folder, "smaller"))!.Value.MountPoint);
    }
}
