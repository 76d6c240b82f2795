using Aegis.Scoring.Commits;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Takes in entries of every kind, each through the part for that kind. An entry that cannot be read becomes a
/// dead letter.</summary>
internal sealed class ShardEntriesReader(TransactionEntries transactions, LabelEntries labels, ControlEntries controls, EntryFaults faults)
{
    /// <summary>Takes in an entry of a block's source.</summary>
    public void Take(DecisionBlock block, in RawEntry entry, IOutcomes outcomes)
    {
        var bytes = block.Source.Bytes.Slice(entry.Offset, entry.Length);
        try
        {
            Take(block, entry, bytes, outcomes);
        }
        catch (MessageFormatException e)
        {
            block.DeadLetters.Add(faults.Letter(entry, item: 0, e.Message, bytes));
        }
    }

    private void Take(DecisionBlock block, in RawEntry entry, ReadOnlySpan<byte> bytes, IOutcomes outcomes)
    {
        switch (entry.Kind)
        {
            case EntryKind.Binary:
                var message = PackedEntry.IsPacked(bytes) ? PackedEntry.Unpack(bytes) : bytes;
                transactions.Take(block, entry, new EntryView(message), outcomes);
                break;
            case EntryKind.Json:
                var appendedAt = entry.Position.AppendedAt;
                var read = new LogMessage([EntryTexts.ReadJson(bytes, appendedAt)], IsHistory: false, appendedAt, TraceParent: null);
                transactions.Take(block, entry, new EntryView(MessageCodec.Encode(read)), outcomes);
                break;
            case EntryKind.Label:
                labels.Take(block, entry, new LabelView(bytes), outcomes);
                break;
            case EntryKind.Control:
                controls.Take(block, ControlEntry.Parse(bytes), entry.Position, outcomes);
                break;
            default:
                throw new MessageFormatException(
                    $"The entry has no field '{MessageCodec.BinaryField}', '{MessageCodec.JsonField}', '{LabelView.Field}' or '{ControlEntry.Field}'; allowed: one of them.");
        }
    }
}
