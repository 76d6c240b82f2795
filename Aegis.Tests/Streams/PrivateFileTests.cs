using Aegis.Streams;

namespace Aegis.Tests.Streams;

public sealed class PrivateFileTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_MakesAFileThatOnlyItsOwnerReads()
    {
        var path = Path.Combine(_folder, "secret");
        PrivateFile.Write(path, FileMode.CreateNew, "abc"u8);
        Assert.Equal("abc", File.ReadAllText(path));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void Write_OfANewFileWhereThereIsOne_LeavesItAlone()
    {
        var path = Path.Combine(_folder, "secret");
        PrivateFile.Write(path, FileMode.CreateNew, "abc"u8);
        Assert.Throws<IOException>(() => PrivateFile.Write(path, FileMode.CreateNew, "xyz"u8));
        Assert.Equal("abc", File.ReadAllText(path));
    }
}
