using Aegis.Streams.Appending;

namespace Aegis.Tests.Streams.Appending;

public sealed class TokenKeyFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aegis-key-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ReadOrCreate_WithoutAFile_MakesAKeyForItsOwnerAlone_AndKeepsIt()
    {
        var path = Path.Combine(_folder, "keys", "token.key");
        var key = TokenKeyFile.ReadOrCreate(path);
        Assert.Equal(32, key.Length);
        Assert.NotEqual(new byte[32], key);
        Assert.Equal(key, TokenKeyFile.ReadOrCreate(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.NotEqual(key, TokenKeyFile.ReadOrCreate(Path.Combine(_folder, "other.key")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void ReadOrCreate_OfAFileOfAnotherLength_NamesItAndLeavesIt(int length)
    {
        var path = Path.Combine(_folder, "token.key");
        File.WriteAllBytes(path, new byte[length]);
        Assert.Equal(
            $"Token key file '{path}' has {length} bytes; allowed: 32.",
            Assert.Throws<InvalidDataException>(() => TokenKeyFile.ReadOrCreate(path)).Message);
        Assert.Equal(length, new FileInfo(path).Length);
    }
}
