using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Maps;

namespace Aegis.Training.Sources;

/// <summary>Reads a file in which every line must be valid, unless bad lines are to be skipped.</summary>
/// <remarks>Otherwise training on half a file would go unnoticed.</remarks>
internal static class TransactionSource
{
    // Tokens of training stay in memory, and no bundle holds one. A fixed key lets the same file give the same bundle.
    private static readonly CardTokeniser Tokeniser = new(new byte[CardTokeniser.KeyBytes]);

    /// <summary>Reads payments with their labels. Card numbers become tokens.</summary>
    /// <param name="path">The file.</param>
    /// <param name="map">A shipped map's name, or a path.</param>
    /// <param name="skipBad">True to leave out bad lines.</param>
    /// <param name="skipped">Receives each line left out.</param>
    /// <exception cref="DatasetException">
    /// A line that is not skipped cannot be read, is more than a day behind, or repeats an id; or no line is left.
    /// </exception>
    public static IEnumerable<LabelledTransaction> Read(string path, string map, bool skipBad = false, Action<CsvLine>? skipped = null)
    {
        var reader = new CsvTransactionReader(path, ColumnMap.Load(map), TimeProvider.System.GetUtcNow(), Tokeniser);
        var sequence = new RowSequence();
        var isEmpty = true;
        foreach (var row in reader.Read())
        {
            var faults = row.Transaction is null ? row.Faults
                : sequence.Add(row.Transaction, row.Line) is { } fault ? [new CsvFault(fault, null)]
                : [];
            if (faults.Count == 0)
            {
                isEmpty = false;
                yield return new LabelledTransaction(row.Transaction!, row.Label);
            }
            else if (skipBad)
            {
                skipped?.Invoke(row with { Transaction = null, Faults = faults });
            }
            else
            {
                throw new DatasetException($"{path}, line {row.Line}: {string.Join("; ", faults)}.");
            }
        }

        if (isEmpty)
        {
            throw new DatasetException($"{path} holds no payment that can be read.");
        }
    }
}
