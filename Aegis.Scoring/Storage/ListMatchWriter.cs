using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Storage;

/// <summary>Writes which entries of deciding lists payments stood on.</summary>
internal sealed class ListMatchWriter(StatementSet statements)
{
    private readonly Statement _match = statements.Prepare("INSERT INTO list_matches (sequence, entry_id) VALUES (?, ?)");

    /// <summary>Writes the matches of a block whose decisions are written.</summary>
    public void Write(DecisionBlock block)
    {
        foreach (var (row, _, entry) in block.Matches.Lists)
        {
            _match.Bind(block.FirstSequence + row).Bind(entry).Execute();
        }
    }
}
