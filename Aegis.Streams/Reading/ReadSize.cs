namespace Aegis.Streams.Reading;

/// <summary>How many entries of a shard to ask for in one read: as many as keep replies near four megabytes, whether entries hold one
/// transaction or a hundred.</summary>
/// <param name="largest">The most, 1 and more.</param>
internal sealed class ReadSize(int largest)
{
    private const int First = 32;
    private const int WantedBytes = 4 << 20;

    /// <summary>How many to ask for next.</summary>
    public int Entries { get; private set; } = Math.Min(First, largest);

    /// <summary>Learns from the bytes of a reply over all shards.</summary>
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

    /// <summary>Learns that there was no reply, perhaps because it would have been larger than a client takes.</summary>
    public void Fail() => Entries = 1;
}
