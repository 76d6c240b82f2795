namespace Aegis.Streams.Reading;

/// <summary>The number of a shard's entries to ask for in one read. It keeps replies near four megabytes, whether
/// entries hold one transaction or a hundred.</summary>
/// <param name="largest">The largest number, 1 and more.</param>
internal sealed class ReadSize(int largest)
{
    private const int First = 32;
    private const int WantedBytes = 4 << 20;

    /// <summary>The number to ask for next.</summary>
    public int Entries { get; private set; } = Math.Min(First, largest);

    /// <summary>Adapts to the bytes of a reply over all shards.</summary>
    public void Learn(int bytes)
    {
        if (bytes > WantedBytes)
        {
            Entries = Math.Max(1, Entries / 2);
        }
        else if (bytes < WantedBytes / 4)
        {
            Entries = Math.Min(largest, Entries * 2);
        }
    }

    /// <summary>Adapts to a failed read, whose reply may have been larger than a client takes.</summary>
    public void Fail() => Entries = 1;
}
