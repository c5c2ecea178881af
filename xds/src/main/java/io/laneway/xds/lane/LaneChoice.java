package io.laneway.xds.lane;

import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do with requests for one lane. Immutable.
 *
 * @param spellings the ways in which a request may write it
 */
public record LaneChoice(String slug, List<String> spellings, OnMatch action) {

    public LaneChoice {
        spellings = List.copyOf(spellings);
    }

    /** The spellings, and how the name is written where values are percent-encoded. */
    public List<String> encoded() {
        List<String> all = new ArrayList<>(spellings);
        for (String spelling : spellings) {
            String encoded = URLEncoder.encode(spelling, StandardCharsets.UTF_8).replace("+", "%20");
            if (!all.contains(encoded)) {
                all.add(encoded);
            }
        }
        return all;
    }
}
