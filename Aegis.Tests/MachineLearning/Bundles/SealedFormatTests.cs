using System.Security.Cryptography;
using Aegis.MachineLearning.Bundles;

namespace Aegis.Tests.MachineLearning.Bundles;

public sealed class SealedFormatTests
{
    private static readonly SealedFormat Format = new("AEGISXY", 2, 4, "thing");

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Read_OfWhatWasWritten_GivesItsContentAndItsFormat(byte format)
    {
        var bytes = Format.Write(format, writer => writer.Write(1234.5));
        Assert.Equal("AEGISXY"u8.ToArray(), bytes[..7]);
        Assert.Equal(SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32)), bytes[^32..]);
        Assert.Equal((1234.5, format), Format.Read(bytes, (reader, read) => (reader.ReadDouble(), read)));
    }

    [Theory]
    [InlineData(1, "The thing has format 1; this release reads format 2 to 4.")]
    [InlineData(5, "The thing has format 5; this release reads format 2 to 4.")]
    public void Read_OfAnotherFormat_SaysWhichItReads(byte format, string message) =>
        Assert.StartsWith(message, Refusal(Format.Write(format, _ => { })), StringComparison.Ordinal);

    [Fact]
    public void Read_OfTheOneFormat_NamesItAlone() => Assert.StartsWith(
        "The thing has format 2; this release reads format 3. Train again or use the matching release.",
        Assert.Throws<FraudModelFormatException>(
            () => new SealedFormat("AEGISXY", 3, 3, "thing").Read(Format.Write(2, _ => { }), (_, _) => 0)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Read_OfAnyChangedOrMissingByte_IsRefused()
    {
        var bytes = Format.Write(2, writer => writer.Write(7L));
        for (var i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 1;
            Assert.StartsWith(
                i < 7 ? "Not an Aegis thing: it does not begin with 'AEGISXY'" : "The thing", Refusal(changed), StringComparison.Ordinal);
            Assert.NotEmpty(Refusal(bytes[..i]));
        }

        Assert.Equal("The thing is damaged: its checksum does not match.", Refusal([.. bytes, 0]));
    }

    [Fact]
    public void Read_OfLessOrMoreThanItsContent_SaysSo()
    {
        var bytes = Format.Write(2, writer => writer.Write(7L));
        Assert.Equal(
            "The thing's checksum matches, but not its content: 4 bytes are left at its end.",
            Refusal(bytes, reader => reader.ReadInt32()));
        Assert.StartsWith(
            "The thing's checksum matches, but not its content: ", Refusal(bytes, reader => (int)(reader.ReadInt64() + reader.ReadInt32())),
            StringComparison.Ordinal);
        Assert.Equal(
            "The thing's checksum matches, but not its content: too much",
            Refusal(bytes, _ => throw new ArgumentException("too much")));
    }

    private static string Refusal(byte[] bytes, Func<BinaryReader, int>? read = null) =>
        Assert.Throws<FraudModelFormatException>(
            () => Format.Read(bytes, (reader, _) => (read ?? (each => (int)each.ReadInt64()))(reader))).Message;
}
