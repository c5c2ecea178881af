package io.laneway.router.check;

import io.laneway.router.model.recording.Recording;
import io.laneway.router.text.Slug;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks recordings: each has a name of its own. One of a service or lane that is not there matches nothing, which is no
 * fault: they may come and go while it runs. Stateless.
 */
final class RecordingCheck {

    private RecordingCheck() {}

    static void check(List<Recording> recordings, PathProblems findings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < recordings.size(); i++) {
            String name = recordings.get(i).name();
            if (!seen.add(Slug.of(name))) {
                findings.below("recordings[" + i + "]").add("name", "'" + name + "' is there twice", "another name");
            }
        }
    }
}
